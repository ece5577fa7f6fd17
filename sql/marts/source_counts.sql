-- purpose: how many outlets, articles and sources are behind an answer: nine outlets, one ministry
-- grain: one row per question that two outlets answer
-- key: question_id
-- reads: questions, question_readings
-- columns:
--   thing: The question in words
--   article_count: Articles that answer it
--   original_article_count: Articles that answer it and copy no other
--   sources: Who is named for the number, as written
--   agencies: The news agencies whose reports answer it
--   outlets: The outlets that answer it
SELECT
    questions.story_id,
    questions.question_id,
    questions.label AS thing,
    questions.outlet_count,
    count(DISTINCT question_readings.article_id) AS article_count,
    count(DISTINCT question_readings.article_id) FILTER (
        WHERE NOT question_readings.is_copy
    ) AS original_article_count,
    questions.source_count,
    list_sort(list_distinct(list(question_readings.source))) AS sources,
    list_sort(list_distinct(list(question_readings.agency))) AS agencies,
    list_sort(list_distinct(list(question_readings.outlet))) AS outlets,
    questions.verdict,
    questions.low,
    questions.high,
    questions.unit,
    questions.first_published_at,
    questions.last_published_at
FROM questions
INNER JOIN question_readings ON questions.question_id = question_readings.question_id
WHERE questions.outlet_count > 1
GROUP BY ALL
