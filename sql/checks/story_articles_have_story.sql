-- purpose: the story that an article belongs to is there
-- grain: one row per membership without it
-- key: article_id
-- reads: story_articles, stories
SELECT
    story_articles.article_id,
    story_articles.story_id
FROM story_articles
ANTI JOIN stories ON story_articles.story_id = stories.story_id
