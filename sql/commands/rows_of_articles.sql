-- purpose: what was read out of articles, every table in one shape, to compare two states of the lake
-- grain: one row per span
-- key: table_name, article_id, start_char, end_char
-- reads: mentions, figures, dates, quotations
-- parameters:
--   ids texts: capture_ids or article_ids
WITH chosen AS (
    SELECT
        article_id,
        outlet
    FROM articles
    WHERE list_contains($ids, capture_id) OR list_contains($ids, article_id)
),

found AS (
    SELECT
        'mentions' AS table_name,
        article_id,
        start_char,
        end_char,
        surface || ' (' || entity_type || ')' AS said
    FROM mentions
    UNION ALL
    SELECT
        'figures' AS table_name,
        article_id,
        start_char,
        end_char,
        concat_ws(' ', surface, '=', bound, value, low, high, unit, counted) AS said
    FROM figures
    UNION ALL
    SELECT
        'dates' AS table_name,
        article_id,
        start_char,
        end_char,
        concat_ws(' ', surface, '=', starts_at, ends_at) AS said
    FROM dates
    UNION ALL
    SELECT
        'quotations' AS table_name,
        article_id,
        start_char,
        end_char,
        concat_ws(' ', text, '--', speaker) AS said
    FROM quotations
)

SELECT
    found.table_name,
    chosen.outlet,
    found.article_id,
    found.start_char,
    found.end_char,
    found.said
FROM found
INNER JOIN chosen ON found.article_id = chosen.article_id
ORDER BY found.table_name, found.article_id, found.start_char, found.end_char
