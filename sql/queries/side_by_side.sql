-- purpose: the figures of a story, outlet beside outlet
-- grain: one row per reading of a question
-- key: article_id, start_char, end_char
-- reads: questions, readings, figures, articles, sentences
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

-- question_readings of one story, from the tables: so only that story's texts are read
SELECT
    questions.label AS thing,
    questions.verdict AS thing_verdict,
    articles.outlet,
    figures.surface,
    figures.counted,
    figures.bound,
    readings.low,
    readings.high,
    questions.unit,
    readings.verdict,
    readings.source,
    span_of(articles.body_text, sentences.start_char, sentences.end_char) AS sentence,
    articles.published_at,
    articles.title,
    readings.question_id,
    readings.article_id,
    readings.start_char,
    readings.end_char
FROM asked
INNER JOIN questions ON asked.story_id = questions.story_id
INNER JOIN readings ON questions.question_id = readings.question_id
INNER JOIN figures
    ON
        readings.article_id = figures.article_id
        AND readings.start_char = figures.start_char
        AND readings.end_char = figures.end_char
        AND readings.month = figures.month
INNER JOIN articles ON readings.article_id = articles.article_id AND readings.month = articles.month
LEFT JOIN sentences
    ON
        figures.article_id = sentences.article_id
        AND figures.sentence_number = sentences.sentence_number
        AND figures.month = sentences.month
WHERE
    questions.outlet_count > 1
    AND (
        $counted::VARCHAR IS NULL
        OR contains(lower(figures.counted), lower($counted))
        OR contains(lower(questions.label), lower($counted))
    )
ORDER BY
    thing ASC,
    readings.question_id ASC,
    articles.outlet ASC,
    readings.article_id ASC,
    readings.start_char ASC
