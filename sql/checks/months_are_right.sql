-- purpose: month is the first day of the month of publication, else of fetching
-- grain: one row per article in another month
-- key: article_id
-- reads: articles, captures
SELECT
    articles.article_id,
    articles.month,
    articles.published_at,
    captures.fetched_at
FROM articles
INNER JOIN captures ON articles.capture_id = captures.capture_id
WHERE
    articles.month <> date_trunc('month', coalesce(articles.published_at, captures.fetched_at))::DATE
