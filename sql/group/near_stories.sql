-- purpose: stories near a span of time, those that hold certain articles already and those of certain ids,
--   and the months of their articles
-- grain: one row per story
-- key: story_id
-- reads: stories, story_articles
-- parameters:
--   article_ids texts: the articles whose stories are needed at any time
--   story_ids texts: ids that new stories may want to have: who has them already is needed too
--   first_at timestamp: beginning of the span
--   last_at timestamp: its end
--   first_month date: for stories without any time of publication: the span's first month
--   last_month date: its last month
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
),

near AS (
    SELECT story_id
    FROM stories
    WHERE last_published_at >= $first_at AND first_published_at <= $last_at
    UNION
    SELECT stories.story_id
    FROM stories
    INNER JOIN story_articles ON stories.story_id = story_articles.story_id
    WHERE
        stories.last_published_at IS NULL
        AND story_articles.month BETWEEN $first_month AND $last_month
    UNION
    SELECT story_articles.story_id
    FROM story_articles
    INNER JOIN asked ON story_articles.article_id = asked.article_id
    UNION
    SELECT unnest($story_ids)
)

SELECT
    story_articles.story_id,
    min(story_articles.month) AS first_month,
    max(story_articles.month) AS last_month
FROM story_articles
INNER JOIN near ON story_articles.story_id = near.story_id
GROUP BY story_articles.story_id
ORDER BY story_articles.story_id
