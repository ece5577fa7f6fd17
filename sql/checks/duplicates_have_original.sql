-- purpose: the original of a copy is another article, and is there
-- grain: one row per copy without one
-- key: article_id
-- reads: duplicates, articles
SELECT
    duplicates.article_id,
    duplicates.original_article_id
FROM duplicates
LEFT JOIN articles ON duplicates.original_article_id = articles.article_id
WHERE articles.article_id IS NULL OR duplicates.original_article_id = duplicates.article_id
