-- purpose: runs that are recorded as running, whether or not their process still lives
-- grain: one row per run
-- key: run_id
-- reads: runs
SELECT *
FROM runs
WHERE state = 'running'
ORDER BY run_id
