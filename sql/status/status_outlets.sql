-- purpose: captures and articles of each outlet, and the newest of each
-- grain: one row per outlet
-- key: outlet
-- reads: captures, articles
WITH newest AS (
    SELECT
        outlet,
        count(*) AS capture_count,
        max(fetched_at) AS last_fetched_at
    FROM captures
    GROUP BY outlet
),

written AS (
    SELECT
        outlet,
        count(*) AS article_count,
        max(published_at) AS last_published_at
    FROM articles
    GROUP BY outlet
)

SELECT
    newest.outlet,
    newest.capture_count,
    coalesce(written.article_count, 0) AS article_count,
    written.last_published_at,
    newest.last_fetched_at
FROM newest
LEFT JOIN written ON newest.outlet = written.outlet
ORDER BY newest.outlet
