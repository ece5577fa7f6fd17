-- purpose: what is said to happen after an article was published
-- grain: one row per expression of time
-- key: article_id, start_char
-- reads: dates_in_context
-- parameters:
--   after date = null: only times that begin on this day or later
--   limit integer = 50: rows at most
SELECT
    starts_at,
    granularity,
    surface,
    outlet,
    published_at,
    marked,
    title,
    link,
    article_id,
    start_char,
    end_char
FROM dates_in_context
WHERE
    starts_at > published_at
    AND ($after::DATE IS NULL OR starts_at >= $after::DATE)
ORDER BY starts_at ASC, article_id ASC, start_char ASC
LIMIT $limit
