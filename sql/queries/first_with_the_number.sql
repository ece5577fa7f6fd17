-- purpose: who printed each answer to a question first, and who printed it after
-- grain: one row per question and answer
-- key: question_id, low, high
-- reads: question_readings, articles
-- parameters:
--   counted text = null: words of the question, e.g. killed
--   story_id text = null: only this story
--   limit integer = 50: rows at most
-- An article of which only the day is known counts as one of the end of that day.
WITH told AS (
    SELECT
        question_readings.*,
        articles.published_precision = 'day' AS is_day_only,
        question_readings.published_at
        + CASE WHEN articles.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END
            AS known_by
    FROM question_readings
    INNER JOIN articles
        ON question_readings.article_id = articles.article_id AND question_readings.month = articles.month
    WHERE question_readings.outlet_count > 1 AND question_readings.published_at IS NOT NULL
)

SELECT
    thing,
    low,
    high,
    unit,
    arg_min(outlet, (known_by, article_id)) AS first_outlet,
    arg_min(published_at, (known_by, article_id)) AS first_published_at,
    arg_min(surface, (known_by, article_id)) AS surface,
    arg_min(source, (known_by, article_id)) AS first_source,
    arg_min(sentence, (known_by, article_id)) AS sentence,
    count(DISTINCT outlet) AS outlet_count,
    list_sort(list_distinct(list(outlet))) AS outlets,
    list_sort(list_distinct(list(outlet) FILTER (WHERE is_day_only))) AS day_only_outlets,
    arg_min(article_id, (known_by, article_id)) AS article_id,
    question_id,
    story_id
FROM told
WHERE
    ($counted::VARCHAR IS NULL OR contains(lower(thing), lower($counted)))
    AND ($story_id::VARCHAR IS NULL OR story_id = $story_id)
GROUP BY question_id, story_id, thing, unit, low, high
ORDER BY outlet_count DESC, first_published_at ASC, question_id ASC, low ASC, high ASC
LIMIT $limit
