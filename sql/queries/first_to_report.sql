-- purpose: who reported a story first, and who came next; a day without a time is not first by being midnight
-- grain: one row per story
-- key: story_id
-- reads: stories, story_articles, articles
-- parameters:
--   since date = null: only stories with an article of this day or later
--   limit integer = 20: rows at most
-- An article of which only the day is known counts as one of the end of that day; day_only_outlets names
-- those outlets, which can have been earlier.
WITH told AS (
    SELECT
        story_articles.story_id,
        articles.outlet,
        articles.title,
        articles.url,
        articles.article_id,
        articles.published_at,
        articles.published_precision = 'day' AS is_day_only,
        articles.published_at
        + CASE WHEN articles.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END
            AS known_by
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
    WHERE articles.published_at IS NOT NULL
),

firsts AS (
    SELECT told.*
    FROM told
    QUALIFY
        row_number() OVER (
            PARTITION BY told.story_id, told.outlet
            ORDER BY told.known_by ASC, told.article_id ASC
        ) = 1
),

ranked AS (
    SELECT
        firsts.*,
        row_number() OVER (
            PARTITION BY firsts.story_id
            ORDER BY firsts.known_by ASC, firsts.article_id ASC
        ) AS rank_in_story
    FROM firsts
)

SELECT
    stories.title AS story_title,
    first_told.outlet AS first_outlet,
    first_told.published_at AS first_published_at,
    second_told.outlet AS next_outlet,
    CASE
        WHEN NOT first_told.is_day_only AND NOT second_told.is_day_only
            THEN date_diff('minute', first_told.published_at, second_told.published_at)
    END AS minutes_ahead,
    (
        SELECT list_sort(list(rest.outlet))
        FROM ranked AS rest
        WHERE
            rest.story_id = stories.story_id
            AND rest.is_day_only
            AND rest.published_at <= first_told.published_at
    ) AS day_only_outlets,
    first_told.title,
    first_told.url,
    stories.outlet_count,
    first_told.article_id,
    stories.story_id
FROM stories
INNER JOIN ranked AS first_told ON stories.story_id = first_told.story_id AND first_told.rank_in_story = 1
LEFT JOIN ranked AS second_told ON stories.story_id = second_told.story_id AND second_told.rank_in_story = 2
WHERE stories.outlet_count > 1 AND ($since::DATE IS NULL OR stories.last_published_at >= $since::DATE)
ORDER BY stories.outlet_count DESC, first_told.published_at ASC, stories.story_id ASC
LIMIT $limit
