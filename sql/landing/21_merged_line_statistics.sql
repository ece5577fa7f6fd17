-- purpose: line statistics of the parts that landed an article, added to the lake's counts
-- grain: one row per outlet and line that was seen again
-- key: outlet, line_sha256
-- reads: decided, staged_line_statistics, line_statistics
-- makes: merged_line_statistics
-- replaces: line_statistics
-- needs: staged_line_statistics
CREATE OR REPLACE TEMP TABLE merged_line_statistics AS
WITH seen AS (
    SELECT staged.* EXCLUDE (staged.part)
    FROM staged_line_statistics AS staged
    WHERE staged.part IN (
        SELECT decided.part FROM decided
        WHERE decided.reason IN ('new', 'updated')
    )
),

readings AS (
    SELECT * FROM seen
    UNION ALL BY NAME
    SELECT landed.*
    FROM lake.main.line_statistics AS landed
    SEMI JOIN seen ON landed.outlet = seen.outlet AND landed.line_sha256 = seen.line_sha256
)

SELECT
    readings.outlet,
    readings.line_sha256,
    first(readings.text ORDER BY readings.first_seen_date, readings.text) AS text,  -- noqa: RF04
    sum(readings.article_count)::BIGINT AS article_count,
    sum(readings.edge_count)::BIGINT AS edge_count,
    sum(readings.linked_ratio * readings.article_count) / sum(readings.article_count) AS linked_ratio,
    min(readings.first_seen_date) AS first_seen_date,
    max(readings.last_seen_date) AS last_seen_date
FROM readings
GROUP BY readings.outlet, readings.line_sha256;
