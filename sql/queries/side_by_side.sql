-- purpose: the figures of a story, outlet beside outlet
-- grain: one row per reading of a question
-- key: article_id, start_char, end_char
-- reads: questions, question_readings
-- parameters:
--   story_id text = null: the story; the one with most disagreement when not said
--   counted text = null: only questions or counted things with this word, e.g. troop
WITH asked AS (
    SELECT
        coalesce(
            $story_id::VARCHAR,
            (
                SELECT questions.story_id
                FROM questions
                WHERE $story_id::VARCHAR IS NULL AND questions.outlet_count > 1
                GROUP BY questions.story_id
                ORDER BY
                    count(*) FILTER (
                        WHERE questions.verdict IN ('conflict', 'conflict of sources', 'suspect')
                    ) DESC,
                    sum(questions.reading_count) DESC,
                    questions.story_id ASC
                LIMIT 1
            )
        ) AS story_id
)

SELECT
    question_readings.thing,
    question_readings.thing_verdict,
    question_readings.outlet,
    question_readings.surface,
    question_readings.counted,
    question_readings.bound,
    question_readings.low,
    question_readings.high,
    question_readings.unit,
    question_readings.verdict,
    question_readings.source,
    question_readings.sentence,
    question_readings.published_at,
    question_readings.title,
    question_readings.question_id,
    question_readings.article_id,
    question_readings.start_char,
    question_readings.end_char
FROM question_readings
INNER JOIN asked ON question_readings.story_id = asked.story_id
WHERE
    question_readings.outlet_count > 1
    -- said here as well, so that only this story is compared
    AND ($story_id::VARCHAR IS NULL OR question_readings.story_id = $story_id)
    AND (
        $counted::VARCHAR IS NULL
        OR contains(lower(question_readings.counted), lower($counted))
        OR contains(lower(question_readings.thing), lower($counted))
    )
ORDER BY
    question_readings.thing ASC,
    question_readings.question_id ASC,
    question_readings.outlet ASC,
    question_readings.article_id ASC,
    question_readings.start_char ASC
