-- purpose: a run that has ended says so, and ended after it began
-- grain: one row per run that does not
-- key: run_id
-- reads: runs
SELECT
    run_id,
    state,
    started_at,
    finished_at
FROM runs
WHERE
    finished_at < started_at
    OR (state = 'completed' AND finished_at IS NULL)
    OR (state = 'running' AND finished_at IS NOT NULL)
