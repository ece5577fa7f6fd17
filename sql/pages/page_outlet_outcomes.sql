-- purpose: what became of each outlet's inputs, with the reason
-- grain: one row per outlet, outcome and reason
-- key: outlet, outcome, reason
-- reads: outcomes, captures
SELECT
    captures.outlet,
    outcomes.outcome,
    outcomes.reason,
    count(*) AS input_count
FROM outcomes
INNER JOIN captures ON outcomes.capture_id = captures.capture_id
GROUP BY captures.outlet, outcomes.outcome, outcomes.reason
ORDER BY captures.outlet ASC, input_count DESC, outcomes.outcome ASC, outcomes.reason ASC
