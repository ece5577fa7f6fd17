-- purpose: stories with their outlets, the newest first; of an excerpt, since it reads every story
-- grain: one row per story
-- key: story_id
-- reads: stories, story_articles, articles
-- parameters:
--   story_id text = null: only this story
SELECT
    stories.story_id,
    stories.title,
    stories.first_published_at,
    stories.last_published_at,
    stories.article_count,
    stories.outlet_count,
    list_sort(list_distinct(list(articles.outlet))) AS outlets
FROM stories
INNER JOIN story_articles ON stories.story_id = story_articles.story_id
INNER JOIN articles
    ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
WHERE $story_id::VARCHAR IS NULL OR stories.story_id = $story_id
GROUP BY ALL
ORDER BY stories.last_published_at DESC NULLS LAST, stories.story_id ASC
