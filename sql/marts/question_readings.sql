-- purpose: every figure that answers a question of a story, with its sentence and who says it
-- grain: one row per reading
-- key: article_id, start_char, end_char
-- reads: readings, questions, figures, articles, sentences
-- columns:
--   thing: The question in words
--   verdict: How the reading compares with the nearest reading of another outlet
--   thing_verdict: The gravest verdict on this question
--   sentence: The sentence that the figure is in
--   low: Lower bound of what the figure says, in `unit`; null if it has no lower bound
--   high: Upper bound of what the figure says, in `unit`; null if it has no upper bound
--   unit: Unit of low and high, the question's: UCUM or ISO 4217; null for plain counts
--   kind: The kind of answer
SELECT
    questions.story_id,
    readings.question_id,
    questions.label AS thing,
    questions.kind,
    questions.unit,
    articles.outlet,
    articles.agency,
    figures.surface,
    figures.counted,
    figures.bound,
    figures.value,
    readings.low,
    readings.high,
    readings.verdict,
    questions.verdict AS thing_verdict,
    questions.outlet_count,
    figures.suspect_reason,
    readings.is_copy,
    readings.source,
    readings.source_entity_id,
    substr(
        articles.body_text, sentences.start_char + 1, sentences.end_char - sentences.start_char
    ) AS sentence,
    articles.title,
    readings.article_id,
    readings.start_char,
    readings.end_char,
    articles.published_at,
    readings.month
FROM readings
INNER JOIN questions ON readings.question_id = questions.question_id
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
