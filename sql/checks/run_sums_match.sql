-- purpose: the counts of a run are the sums of its outcomes
-- grain: one row per run whose counts are others
-- key: run_id
-- reads: runs, outcomes
WITH counted AS (
    SELECT
        outcomes.run_id,
        count(*) AS input_count,
        count(*) FILTER (WHERE outcomes.outcome = 'accepted') AS accepted_count
    FROM outcomes
    GROUP BY outcomes.run_id
)

SELECT
    coalesce(runs.run_id, counted.run_id) AS run_id,
    runs.input_count,
    counted.input_count AS outcome_count,
    runs.accepted_count,
    counted.accepted_count AS accepted_outcome_count
FROM runs
FULL JOIN counted ON runs.run_id = counted.run_id
WHERE
    runs.run_id IS NULL
    OR runs.input_count <> coalesce(counted.input_count, 0)
    OR runs.accepted_count <> coalesce(counted.accepted_count, 0)
