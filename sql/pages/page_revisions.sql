-- purpose: the headlines and texts that an article has had, oldest first
-- grain: one row per revision
-- key: capture_id
-- reads: article_revisions
-- parameters:
--   article_id text: the article
SELECT
    capture_id,
    fetched_at,
    title,
    social_title,
    added_words_count,
    removed_words_count
FROM article_revisions
WHERE article_id = $article_id
ORDER BY fetched_at ASC, capture_id ASC
