-- purpose: who printed each answer to a question first, and who printed it after
-- grain: one row per question and answer
-- key: question_id, low, high
-- reads: question_readings
-- parameters:
--   counted text = null: words of the question, e.g. killed
--   story_id text = null: only this story
--   limit integer = 50: rows at most
SELECT
    thing,
    low,
    high,
    unit,
    arg_min(outlet, (published_at, article_id)) AS first_outlet,
    min(published_at) AS first_published_at,
    arg_min(surface, (published_at, article_id)) AS surface,
    arg_min(source, (published_at, article_id)) AS first_source,
    count(DISTINCT outlet) AS outlet_count,
    list_sort(list_distinct(list(outlet))) AS outlets,
    arg_min(article_id, (published_at, article_id)) AS article_id,
    question_id,
    story_id
FROM question_readings
WHERE
    outlet_count > 1
    AND published_at IS NOT NULL
    AND ($counted::VARCHAR IS NULL OR contains(lower(thing), lower($counted)))
    AND ($story_id::VARCHAR IS NULL OR story_id = $story_id)
GROUP BY question_id, story_id, thing, unit, low, high
ORDER BY outlet_count DESC, first_published_at ASC, question_id ASC, low ASC, high ASC
LIMIT $limit
