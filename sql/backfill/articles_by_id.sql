-- purpose: articles with all their columns
-- grain: one row per article
-- key: article_id
-- reads: articles
-- parameters:
--   ids texts: their article_ids
--   first_month date = 0001-01-01: their first month, if known; a bound value keeps other files closed
--   last_month date = 9999-12-01: their last month
WITH asked AS (
    SELECT unnest($ids) AS article_id
)

SELECT articles.*
FROM articles
INNER JOIN asked ON articles.article_id = asked.article_id
WHERE articles.month BETWEEN $first_month AND $last_month
ORDER BY articles.article_id
