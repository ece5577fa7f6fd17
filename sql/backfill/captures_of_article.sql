-- purpose: every capture that gave an article or repeated it
-- grain: one row per capture
-- key: capture_id
-- reads: outcomes
-- parameters:
--   article_id text: the article
SELECT DISTINCT capture_id
FROM outcomes
WHERE article_id = $article_id AND capture_id IS NOT NULL
ORDER BY capture_id ASC
