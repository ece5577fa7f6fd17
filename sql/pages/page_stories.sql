-- purpose: stories for the front page, the newest first
-- grain: one row per story
-- key: story_id
-- reads: stories, story_articles, articles
-- parameters:
--   since date = null: stories with an article published on this day or later
--   until date = null: and on this day or earlier
--   outlets texts = null: covered by one of these outlets
--   story_id text = null: only this story
--   limit integer = 50: rows at most
WITH told AS (
    SELECT
        story_articles.story_id,
        list_sort(list_distinct(list(articles.outlet))) AS outlets
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
    WHERE $story_id::VARCHAR IS NULL OR story_articles.story_id = $story_id
    GROUP BY story_articles.story_id
    HAVING
        ($outlets::VARCHAR[] IS NULL OR bool_or(list_contains($outlets, articles.outlet)))
        AND (
            ($since::DATE IS NULL AND $until::DATE IS NULL)
            OR bool_or(
                coalesce(articles.published_date, articles.published_at::DATE)
                BETWEEN coalesce($since::DATE, '0001-01-01'::DATE)
                AND coalesce($until::DATE, '9999-12-31'::DATE)
            )
        )
)

SELECT
    stories.story_id,
    stories.title,
    stories.first_published_at,
    stories.last_published_at,
    stories.article_count,
    stories.outlet_count,
    told.outlets
FROM stories
INNER JOIN told ON stories.story_id = told.story_id
ORDER BY stories.last_published_at DESC NULLS LAST, stories.story_id ASC
LIMIT $limit
