-- purpose: what is said to happen after an article was published
-- grain: one row per expression of time
-- key: article_id, start_char
-- reads: dates, articles
-- parameters:
--   after date = null: only times that begin on this day or later
--   limit integer = 50: rows at most
SELECT
    dates.starts_at,
    dates.granularity,
    dates.surface,
    articles.outlet,
    articles.published_at,
    span_of(
        articles.body_text, greatest(dates.start_char - 80, 0), dates.end_char + 80
    ) AS around,
    dates.article_id,
    dates.start_char,
    dates.end_char
FROM dates
INNER JOIN articles ON dates.article_id = articles.article_id AND dates.month = articles.month
WHERE
    dates.starts_at > articles.published_at
    AND ($after::DATE IS NULL OR dates.starts_at >= $after::DATE)
ORDER BY dates.starts_at ASC, dates.article_id ASC, dates.start_char ASC
LIMIT $limit
