-- purpose: the newest stories of some days and outlets
-- grain: one row per story
-- key: story_id
-- reads: stories, story_articles, articles
-- parameters:
--   since date = 0001-01-01: stories with an article published on this day or later
--   until date = 9999-12-31: and on this day or earlier
--   is_dated boolean = false: leave out stories without an article of these days
--   first_month date = 0001-01-01: the first month that can hold such an article; files of others stay closed
--   last_month date = 9999-12-01: the last one
--   outlets texts = null: covered by one of these outlets
--   limit integer = 50: rows at most
WITH dated AS (
    SELECT DISTINCT story_articles.story_id
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
    WHERE
        $is_dated
        AND articles.month BETWEEN $first_month AND $last_month
        AND coalesce(articles.published_date, articles.published_at::DATE) BETWEEN $since AND $until
),

covered AS (
    SELECT DISTINCT story_articles.story_id
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
    WHERE $outlets::VARCHAR[] IS NOT NULL AND list_contains($outlets, articles.outlet)
)

SELECT stories.story_id
FROM stories
WHERE
    (NOT $is_dated OR stories.story_id IN (SELECT dated.story_id FROM dated))
    AND ($outlets::VARCHAR[] IS NULL OR stories.story_id IN (SELECT covered.story_id FROM covered))
ORDER BY stories.last_published_at DESC NULLS LAST, stories.story_id ASC
LIMIT $limit
