-- purpose: which of these articles repeat another one word by word
-- grain: one row per copy
-- key: article_id
-- reads: duplicates
-- parameters:
--   article_ids texts: the articles
SELECT
    article_id,
    original_article_id
FROM duplicates
WHERE relation = 'exact' AND article_id IN (SELECT unnest($article_ids))
ORDER BY article_id
