-- purpose: when loads, ingests and maintenance last began, if they are completed or recorded as running
-- grain: one row per flow, parameters of ingests (asked) and state
-- key: flow, asked, state
-- reads: runs
SELECT
    flow,
    CASE WHEN flow = 'ingest' THEN parameters END AS asked,
    state,
    max(run_id) AS run_id,
    min(started_at) AS first_at,
    max(started_at) AS last_at
FROM runs
WHERE flow IN ('ingest', 'load', 'maintain') AND state IN ('completed', 'running')
GROUP BY ALL
ORDER BY ALL
