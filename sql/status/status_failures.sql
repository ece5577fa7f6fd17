-- purpose: inputs that the last runs rejected or quarantined, by reason
-- grain: one row per outcome and reason
-- key: outcome, reason
-- reads: outcomes, runs
-- parameters:
--   runs integer = 10: how many runs to look at
WITH latest AS (
    SELECT run_id
    FROM runs
    ORDER BY run_id DESC
    LIMIT $runs
)

SELECT
    outcomes.outcome,
    outcomes.reason,
    count(*) AS inputs,
    max_by(outcomes.input_ref, outcomes.run_id) AS example,
    max_by(outcomes.detail, outcomes.run_id) AS detail
FROM outcomes
INNER JOIN latest ON outcomes.run_id = latest.run_id
WHERE outcomes.outcome IN ('rejected', 'quarantined')
GROUP BY outcomes.outcome, outcomes.reason
ORDER BY inputs DESC, outcomes.reason ASC
