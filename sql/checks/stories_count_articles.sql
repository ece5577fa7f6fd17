-- purpose: a story counts its articles and outlets
-- grain: one row per story that counts others
-- key: story_id
-- reads: stories, story_articles, articles
WITH counted AS (
    SELECT
        story_articles.story_id,
        count(*) AS article_count,
        count(DISTINCT articles.outlet) AS outlet_count
    FROM story_articles
    INNER JOIN articles ON story_articles.article_id = articles.article_id
    GROUP BY story_articles.story_id
)

SELECT
    stories.story_id,
    stories.article_count,
    counted.article_count AS found_article_count,
    stories.outlet_count,
    counted.outlet_count AS found_outlet_count
FROM stories
LEFT JOIN counted ON stories.story_id = counted.story_id
WHERE
    counted.story_id IS NULL
    OR stories.article_count <> counted.article_count
    OR stories.outlet_count <> counted.outlet_count
