-- purpose: a time begins before it ends
-- grain: one row per time that does not
-- key: article_id, start_char
-- reads: dates
SELECT
    article_id,
    start_char,
    surface,
    starts_at,
    ends_at
FROM dates
WHERE starts_at >= ends_at
