-- purpose: the questions that figures of a story's articles answer already
-- grain: one row per reading
-- key: article_id, start_char, end_char
-- reads: readings
-- parameters:
--   article_ids texts: the articles
--   first_month date: their first month; bound values leave out the files of others
--   last_month date: their last month
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
)

SELECT
    readings.article_id,
    readings.start_char,
    readings.end_char,
    readings.question_id
FROM asked
INNER JOIN readings ON asked.article_id = readings.article_id
WHERE readings.month BETWEEN $first_month AND $last_month
ORDER BY readings.article_id, readings.start_char, readings.end_char
