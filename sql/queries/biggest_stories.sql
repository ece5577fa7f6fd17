-- purpose: the stories that most outlets cover
-- grain: one row per story
-- key: story_id
-- reads: stories, story_articles, articles, duplicates
-- parameters:
--   since date = null: only stories still covered on this day or later
--   limit integer = 20: rows at most
WITH biggest AS (
    SELECT *
    FROM stories
    WHERE $since::DATE IS NULL OR last_published_at >= $since::DATE
    ORDER BY outlet_count DESC, article_count DESC, story_id ASC
    LIMIT $limit
)

SELECT
    biggest.title,
    biggest.article_count,
    biggest.outlet_count,
    biggest.first_published_at,
    date_diff('hour', biggest.first_published_at, biggest.last_published_at) AS told_for_hours,
    -- of an article whose time of the day is not known, the end of its day counts
    arg_min(
        articles.outlet,
        (
            articles.published_at
            + CASE
                WHEN articles.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY
            END,
            articles.article_id
        )
    ) FILTER (WHERE articles.published_at IS NOT NULL) AS first_outlet,
    count(duplicates.article_id) AS copy_count,
    biggest.story_id
FROM biggest
INNER JOIN story_articles ON biggest.story_id = story_articles.story_id
INNER JOIN articles
    ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
LEFT JOIN duplicates
    ON story_articles.article_id = duplicates.article_id AND story_articles.month = duplicates.month
GROUP BY ALL
ORDER BY biggest.outlet_count DESC, biggest.article_count DESC, biggest.story_id ASC
