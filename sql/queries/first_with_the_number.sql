-- purpose: who printed each answer to a question first, and who printed it after
-- grain: one row per question and answer
-- key: question_id, low, high
-- reads: readings, questions, articles, figures, sentences
-- parameters:
--   counted text = null: words of the question, e.g. killed
--   story_id text = null: only this story
--   limit integer = 50: rows at most
-- An article of which only the day is known counts as one of the end of that day.
WITH told AS NOT MATERIALIZED (
    SELECT
        questions.label AS thing,
        questions.unit,
        questions.story_id,
        articles.outlet,
        readings.*,
        articles.published_precision = 'day' AS is_day_only,
        articles.published_at,
        articles.published_at
        + CASE WHEN articles.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END
            AS known_by
    FROM readings
    INNER JOIN questions ON readings.question_id = questions.question_id
    INNER JOIN articles
        ON readings.article_id = articles.article_id AND readings.month = articles.month
    WHERE
        questions.outlet_count > 1
        AND articles.published_at IS NOT NULL
        AND ($counted::VARCHAR IS NULL OR contains(lower(questions.label), lower($counted)))
        AND ($story_id::VARCHAR IS NULL OR questions.story_id = $story_id)
),

-- outlets are counted first: of the answers of a large lake, few can be among the rows
counted AS (
    SELECT
        question_id,
        low,
        high,
        count(DISTINCT outlet) AS outlet_count
    FROM told
    GROUP BY question_id, low, high
),

most AS (
    SELECT outlet_count
    FROM counted
    ORDER BY outlet_count DESC
    LIMIT $limit
),

answers AS (
    SELECT
        told.thing,
        told.low,
        told.high,
        told.unit,
        arg_min(
            struct_pack(
                outlet := told.outlet,
                published_at := told.published_at,
                article_id := told.article_id,
                start_char := told.start_char,
                end_char := told.end_char,
                month := told.month
            ),
            (told.known_by, told.article_id, told.start_char, told.end_char)
        ) AS first_printed,
        arg_min(
            told.source, (told.known_by, told.article_id, told.start_char, told.end_char)
        ) AS first_source,
        list_sort(list(DISTINCT told.outlet)) AS outlets,
        len(outlets) AS outlet_count,
        list_sort(list(DISTINCT told.outlet) FILTER (WHERE told.is_day_only)) AS day_only_outlets,
        told.question_id,
        told.story_id
    FROM told
    INNER JOIN counted
        ON
            told.question_id = counted.question_id
            AND told.low IS NOT DISTINCT FROM counted.low
            AND told.high IS NOT DISTINCT FROM counted.high
    WHERE counted.outlet_count >= (SELECT min(most.outlet_count) FROM most)
    GROUP BY told.question_id, told.story_id, told.thing, told.unit, told.low, told.high
),

earliest AS (
    SELECT
        answers.* EXCLUDE (answers.first_printed),
        answers.first_printed.outlet AS first_outlet,
        answers.first_printed.published_at AS first_published_at,
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
    figures.surface,
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
