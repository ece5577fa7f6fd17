-- purpose: who printed each answer to a question first, and who printed it after
-- grain: one row per question and answer
-- key: question_id, low, high
-- reads: question_readings, articles, figures, sentences
-- parameters:
--   counted text = null: words of the question, e.g. killed
--   story_id text = null: only this story
--   limit integer = 50: rows at most
-- An article of which only the day is known counts as one of the end of that day.
WITH told AS (
    SELECT
        question_readings.* EXCLUDE (question_readings.sentence),
        articles.published_precision = 'day' AS is_day_only,
        question_readings.published_at
        + CASE WHEN articles.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END
            AS known_by,
        (
            known_by, question_readings.article_id, question_readings.start_char, question_readings.end_char
        ) AS first_by,
        struct_pack(
            outlet := question_readings.outlet,
            published_at := question_readings.published_at,
            surface := question_readings.surface,
            article_id := question_readings.article_id,
            start_char := question_readings.start_char,
            end_char := question_readings.end_char,
            month := question_readings.month
        ) AS printed
    FROM question_readings
    INNER JOIN articles
        ON question_readings.article_id = articles.article_id AND question_readings.month = articles.month
    WHERE question_readings.outlet_count > 1 AND question_readings.published_at IS NOT NULL
),

answers AS (
    SELECT
        thing,
        low,
        high,
        unit,
        arg_min(printed, first_by) AS first_printed,
        arg_min(source, first_by) AS first_source,
        list_sort(list(DISTINCT outlet)) AS outlets,
        len(outlets) AS outlet_count,
        list_sort(list(DISTINCT outlet) FILTER (WHERE is_day_only)) AS day_only_outlets,
        question_id,
        story_id
    FROM told
    WHERE
        ($counted::VARCHAR IS NULL OR contains(lower(thing), lower($counted)))
        AND ($story_id::VARCHAR IS NULL OR story_id = $story_id)
    GROUP BY question_id, story_id, thing, unit, low, high
),

earliest AS (
    SELECT
        answers.* EXCLUDE (answers.first_printed),
        answers.first_printed.outlet AS first_outlet,
        answers.first_printed.published_at AS first_published_at,
        answers.first_printed.surface,
        answers.first_printed.article_id,
        answers.first_printed.start_char,
        answers.first_printed.end_char,
        answers.first_printed.month
    FROM answers
    ORDER BY
        answers.outlet_count DESC,
        answers.first_printed.published_at ASC,
        answers.question_id ASC,
        answers.low ASC,
        answers.high ASC
    LIMIT $limit
)

-- the rows are chosen first: only theirs are the texts that are read
SELECT
    earliest.thing,
    earliest.low,
    earliest.high,
    earliest.unit,
    earliest.first_outlet,
    earliest.first_published_at,
    earliest.surface,
    earliest.first_source,
    span_of(articles.body_text, sentences.start_char, sentences.end_char) AS sentence,
    earliest.outlet_count,
    earliest.outlets,
    earliest.day_only_outlets,
    earliest.article_id,
    earliest.question_id,
    earliest.story_id
FROM earliest
INNER JOIN articles ON earliest.article_id = articles.article_id AND earliest.month = articles.month
INNER JOIN figures
    ON
        earliest.article_id = figures.article_id
        AND earliest.start_char = figures.start_char
        AND earliest.end_char = figures.end_char
        AND earliest.month = figures.month
LEFT JOIN sentences
    ON
        figures.article_id = sentences.article_id
        AND figures.sentence_number = sentences.sentence_number
        AND figures.month = sentences.month
ORDER BY
    earliest.outlet_count DESC,
    earliest.first_published_at ASC,
    earliest.question_id ASC,
    earliest.low ASC,
    earliest.high ASC
