-- purpose: how many inputs this landing recorded, by outcome and reason
-- grain: one row per outcome and reason
-- key: outcome, reason
-- reads: recorded
SELECT
    outcome,
    reason,
    count(*) AS input_count
FROM recorded
GROUP BY outcome, reason
ORDER BY outcome, reason
