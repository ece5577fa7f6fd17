-- purpose: the headlines and texts that articles have had, oldest first
-- grain: one row per revision
-- key: capture_id
-- reads: article_revisions
-- parameters:
--   article_ids texts: the articles
SELECT
    article_id,
    capture_id,
    fetched_at,
    title,
    social_title,
    added_words_count,
    removed_words_count
FROM article_revisions
WHERE list_contains($article_ids, article_id)
ORDER BY fetched_at ASC, capture_id ASC
