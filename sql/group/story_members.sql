-- purpose: the articles of stories
-- grain: one row per article
-- key: article_id
-- reads: story_articles
-- parameters:
--   story_ids texts: the stories
SELECT
    article_id,
    story_id,
    month
FROM story_articles
WHERE story_id IN (SELECT unnest($story_ids))
ORDER BY article_id
