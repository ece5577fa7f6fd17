-- purpose: how many inputs this landing recorded, by outcome and reason
-- grain: one row per outcome and reason
-- key: outcome, reason
-- reads: pending, outcomes
-- parameters:
--   run_id text: the run that landed
SELECT
    recorded.outcome,
    recorded.reason,
    count(*) AS input_count
FROM lake.main.outcomes AS recorded
WHERE
    recorded.run_id = $run_id
    AND recorded.input_ref IN (SELECT pending.input_ref FROM pending)
GROUP BY recorded.outcome, recorded.reason
ORDER BY recorded.outcome, recorded.reason
