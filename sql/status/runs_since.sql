-- purpose: runs of a flow with the same parameters, completed or recorded as running, since a time
-- grain: one row per run, newest first
-- key: run_id
-- reads: runs
-- parameters:
--   flow text: the flow
--   parameters text: its parameters as JSON
--   since timestamp: the time
SELECT
    run_id,
    started_at,
    state
FROM runs
WHERE flow = $flow AND parameters = $parameters AND started_at >= $since AND state IN ('completed', 'running')
ORDER BY run_id DESC
