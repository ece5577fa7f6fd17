-- purpose: runs that are recorded as running, even if their process has died
-- grain: one row per run
-- key: run_id
-- reads: runs
SELECT *
FROM runs
WHERE state = 'running'
ORDER BY run_id
