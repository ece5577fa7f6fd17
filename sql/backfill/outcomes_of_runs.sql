-- purpose: what became of the inputs of these runs, and why, with an example of each
-- grain: one row per outcome and reason
-- key: outcome, reason
-- reads: outcomes
-- parameters:
--   run_ids texts: the runs
SELECT
    outcome,
    reason,
    count(*) AS inputs,
    min(input_ref) AS example,
    min_by(detail, input_ref) AS detail
FROM outcomes
WHERE run_id IN (SELECT unnest($run_ids))
GROUP BY outcome, reason
ORDER BY outcome ASC, reason ASC
