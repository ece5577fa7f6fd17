-- purpose: the newest articles
-- grain: one row per article
-- key: article_id
-- reads: articles
-- parameters:
--   outlet text = null: only this outlet
--   limit integer = 20: rows at most
SELECT
    published_at,
    outlet,
    title,
    authors,
    word_count,
    article_id,
    url
FROM articles
WHERE $outlet::VARCHAR IS NULL OR outlet = $outlet
ORDER BY published_at DESC NULLS LAST, article_id ASC
LIMIT $limit
