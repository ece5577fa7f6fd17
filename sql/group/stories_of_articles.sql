-- purpose: every article of the stories that hold one of these articles
-- grain: one row per article
-- key: article_id
-- reads: story_articles
-- parameters:
--   article_ids texts: the articles
SELECT
    article_id,
    story_id
FROM story_articles
WHERE
    story_id IN (
        SELECT found.story_id FROM story_articles AS found
        WHERE found.article_id IN (SELECT unnest($article_ids))
    )
ORDER BY article_id
