-- purpose: edits whose figures and quotations were not compared yet
-- grain: one row per edit
-- key: capture_id
-- reads: article_revisions
-- parameters:
--   limit integer = 500: edits at most, the oldest first
WITH waiting AS (
    SELECT
        capture_id,
        article_id,
        fetched_at
    FROM article_revisions
    WHERE NOT is_compared
    ORDER BY fetched_at, capture_id
    LIMIT $limit
),

every_text AS (
    SELECT
        article_revisions.*,
        lag(article_revisions.fetched_at) OVER in_time AS before_fetched_at,
        lead(article_revisions.capture_id) OVER in_time AS next_capture_id
    FROM article_revisions
    WHERE
        article_revisions.article_id IN (SELECT waiting.article_id FROM waiting)
    WINDOW in_time AS (
        PARTITION BY article_revisions.article_id
        ORDER BY article_revisions.fetched_at, article_revisions.capture_id
    )
)

SELECT every_text.*
FROM every_text
INNER JOIN waiting ON every_text.capture_id = waiting.capture_id
ORDER BY every_text.fetched_at, every_text.capture_id
