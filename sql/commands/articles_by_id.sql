-- purpose: articles with all their columns
-- grain: one row per article
-- key: article_id
-- reads: articles
-- parameters:
--   ids texts: their article_ids
WITH asked AS (
    SELECT unnest($ids) AS article_id
)

SELECT articles.*
FROM articles
INNER JOIN asked ON articles.article_id = asked.article_id
ORDER BY articles.article_id
