-- purpose: questions that outlets answer differently, so that not all of them can be right
-- grain: one row per question
-- key: question_id
-- reads: questions, stories, question_readings
-- columns:
--   story_title: Title of the story
--   thing: The question in words
--   readings: What the outlets print, as outlet, colon, words
--   sources: Who is named for the numbers
SELECT
    stories.title AS story_title,
    questions.label AS thing,
    questions.verdict,
    list_sort(
        list_distinct(list(question_readings.outlet || ': ' || question_readings.surface))
    ) AS readings,
    list_sort(list_distinct(list(question_readings.source))) AS sources,
    questions.low,
    questions.high,
    questions.unit,
    questions.kind,
    questions.outlet_count,
    questions.source_count,
    questions.first_published_at,
    questions.last_published_at,
    questions.question_id,
    questions.story_id
FROM questions
INNER JOIN stories ON questions.story_id = stories.story_id
INNER JOIN question_readings ON questions.question_id = question_readings.question_id
WHERE
    questions.outlet_count > 1
    AND questions.verdict IN ('conflict', 'conflict of sources', 'suspect')
GROUP BY ALL
