-- purpose: when articles were published, to find what is near them in time
-- grain: one row per article
-- key: article_id
-- reads: articles
-- parameters:
--   article_ids texts: the articles
SELECT
    article_id,
    month,
    if(published_source = 'guess', NULL, published_at) AS published_at
FROM articles
WHERE article_id IN (SELECT unnest($article_ids))
ORDER BY published_at NULLS LAST, article_id
