-- purpose: answers that changed since a time: what a report says, and what the report before it said
-- grain: one row per reading
-- key: article_id, start_char, end_char
-- reads: questions, readings, figures, articles, sentences
-- parameters:
--   since timestamp = null: changes since then (UTC); half a day before the last article when not said
--   limit integer = 50: rows at most
-- question_history of the questions with a report since then; only the texts of the chosen rows are read
WITH asked AS (
    SELECT
        coalesce(
            $since::TIMESTAMPTZ, (SELECT max(articles.published_at) FROM articles) - INTERVAL 12 HOUR
        ) AS since
),

reported AS (
    SELECT
        questions.story_id,
        questions.label AS thing,
        readings.*,
        figures.surface,
        figures.sentence_number,
        articles.outlet,
        articles.published_at,
        lag(figures.surface) OVER in_time AS previous_surface,
        lag(articles.outlet) OVER in_time AS previous_outlet,
        lag(readings.low) OVER in_time AS previous_low,
        lag(readings.high) OVER in_time AS previous_high,
        asked.since
    FROM questions
    INNER JOIN asked ON questions.last_published_at >= asked.since
    INNER JOIN readings ON questions.question_id = readings.question_id
    INNER JOIN figures
        ON
            readings.article_id = figures.article_id
            AND readings.start_char = figures.start_char
            AND readings.end_char = figures.end_char
            AND readings.month = figures.month
    INNER JOIN articles ON readings.article_id = articles.article_id AND readings.month = articles.month
    WINDOW in_time AS (
        PARTITION BY readings.question_id
        ORDER BY
            articles.published_at ASC NULLS LAST,
            readings.article_id ASC,
            readings.start_char ASC,
            readings.end_char ASC
    )
),

chosen AS (
    SELECT *
    FROM reported
    WHERE published_at >= since AND (low <> previous_low OR high <> previous_high)
    ORDER BY published_at DESC, question_id ASC, start_char ASC, end_char ASC
    LIMIT $limit
)

SELECT
    chosen.thing,
    chosen.previous_surface,
    chosen.previous_outlet,
    chosen.surface,
    chosen.outlet,
    chosen.published_at,
    chosen.verdict,
    chosen.source,
    span_of(articles.body_text, sentences.start_char, sentences.end_char) AS sentence,
    chosen.story_id,
    chosen.question_id,
    chosen.article_id,
    chosen.start_char,
    chosen.end_char
FROM chosen
INNER JOIN articles ON chosen.article_id = articles.article_id AND chosen.month = articles.month
LEFT JOIN sentences
    ON
        chosen.article_id = sentences.article_id
        AND chosen.sentence_number = sentences.sentence_number
        AND chosen.month = sentences.month
ORDER BY
    chosen.published_at DESC,
    chosen.question_id ASC,
    chosen.start_char ASC,
    chosen.end_char ASC
