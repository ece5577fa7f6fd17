-- purpose: a question has as many readings and outlets as it says, and its story is there; stories whose
--   questions that the next run makes again are left out
-- grain: one row per question that has not
-- key: question_id
-- reads: questions, readings, articles, stories
WITH counted AS (
    SELECT
        readings.question_id,
        count(*) AS reading_count,
        count(DISTINCT articles.outlet) AS outlet_count
    FROM readings
    INNER JOIN articles ON readings.article_id = articles.article_id AND readings.month = articles.month
    GROUP BY readings.question_id
)

SELECT
    questions.question_id,
    questions.story_id,
    questions.reading_count,
    counted.reading_count AS found_reading_count,
    questions.outlet_count,
    counted.outlet_count AS found_outlet_count
FROM questions
LEFT JOIN counted ON questions.question_id = counted.question_id
LEFT JOIN stories ON questions.story_id = stories.story_id
WHERE
    NOT coalesce(stories.has_stale_questions, FALSE)
    AND (
        stories.story_id IS NULL
        OR questions.reading_count IS DISTINCT FROM counted.reading_count
        OR questions.outlet_count IS DISTINCT FROM counted.outlet_count
    )
