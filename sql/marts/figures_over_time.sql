-- purpose: every figure that can be compared in the order of publication, with the question that it answers
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figure_readings, questions, readings, articles
-- columns:
--   question_id: The question of its story that it answers, if several articles report the story
--   question: That question in words
--   verdict: How it compares with the nearest reading of another outlet
SELECT
    figure_readings.published_at,
    figure_readings.outlet,
    figure_readings.thing,
    questions.label AS question,
    figure_readings.surface,
    figure_readings.counted,
    figure_readings.measured,
    figure_readings.bound,
    figure_readings.value,
    figure_readings.low,
    figure_readings.high,
    figure_readings.unit,
    figure_readings.kind,
    readings.verdict,
    figure_readings.is_suspect,
    figure_readings.is_copy,
    articles.title,
    readings.question_id,
    figure_readings.story_id,
    figure_readings.article_id,
    figure_readings.start_char,
    figure_readings.end_char,
    figure_readings.month
FROM figure_readings
INNER JOIN articles
    ON figure_readings.article_id = articles.article_id AND figure_readings.month = articles.month
LEFT JOIN readings
    ON
        figure_readings.article_id = readings.article_id
        AND figure_readings.start_char = readings.start_char
        AND figure_readings.end_char = readings.end_char
        AND figure_readings.month = readings.month
LEFT JOIN questions ON readings.question_id = questions.question_id
