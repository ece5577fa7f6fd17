-- purpose: what became of the inputs, and why
-- grain: one row per outcome, reason and stage
-- key: outcome, reason, stage
-- reads: outcomes
-- parameters:
--   run_id text = null: only this run
SELECT
    outcome,
    reason,
    stage,
    count(*) AS input_count,
    count(*) / sum(count(*)) OVER () AS share_ratio,
    min(input_ref) AS example,
    min(detail) AS example_detail
FROM outcomes
WHERE $run_id::VARCHAR IS NULL OR run_id = $run_id
GROUP BY outcome, reason, stage
ORDER BY outcome ASC, input_count DESC, reason ASC, stage ASC
