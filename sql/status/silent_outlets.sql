-- purpose: outlets from which nothing new has come for some hours, each reported by one run only: the
--   first ingest after those hours
-- grain: one row per outlet
-- key: outlet
-- reads: captures, runs
-- parameters:
--   outlets texts: the outlets that this run followed
--   run_id text: this run
--   hours number: how long silence can last before it is reported
--   asked_at timestamp: now
WITH ingests AS (
    SELECT
        run_id,
        started_at,
        coalesce(finished_at, started_at) AS asked_at,
        unnest(from_json(parameters -> 'outlets', '["VARCHAR"]')) AS outlet
    FROM runs
    WHERE flow = 'ingest' AND state <> 'failed'
),

followed AS (
    SELECT
        outlet,
        min(started_at) AS first_followed_at,
        max(asked_at) FILTER (WHERE run_id <> $run_id) AS last_asked_at
    FROM ingests
    WHERE outlet IN (SELECT unnest($outlets::VARCHAR[]))
    GROUP BY outlet
),

newest AS (
    SELECT
        outlet,
        max(fetched_at) AS last_new_at
    FROM captures
    GROUP BY outlet
),

silence AS (
    SELECT
        followed.outlet,
        newest.last_new_at,
        followed.last_asked_at,
        coalesce(newest.last_new_at, followed.first_followed_at)
        + to_seconds($hours::DOUBLE * 3600) AS silent_at
    FROM followed
    LEFT JOIN newest ON followed.outlet = newest.outlet
)

SELECT
    outlet,
    last_new_at
FROM silence
WHERE silent_at <= $asked_at AND (last_asked_at IS NULL OR silent_at > last_asked_at)
ORDER BY outlet
