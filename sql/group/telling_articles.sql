-- purpose: what questions need of the articles of a story
-- grain: one row per article
-- key: article_id
-- reads: articles, duplicates
-- parameters:
--   article_ids texts: the articles
--   first_month date: their first month; bound values leave out the files of others
--   last_month date: their last month
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
)

SELECT
    articles.article_id,
    articles.outlet,
    articles.agency,
    articles.body_text,
    articles.language,
    if(articles.published_source = 'guess', NULL, articles.published_at) AS published_at,
    articles.published_precision,
    articles.month,
    duplicates.article_id IS NOT NULL AS is_copy
FROM asked
INNER JOIN articles ON asked.article_id = articles.article_id
LEFT JOIN duplicates
    ON asked.article_id = duplicates.article_id AND duplicates.month BETWEEN $first_month AND $last_month
WHERE articles.month BETWEEN $first_month AND $last_month
ORDER BY articles.article_id
