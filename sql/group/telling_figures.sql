-- purpose: the figures of a story's articles
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures
-- parameters:
--   article_ids texts: the articles
--   first_month date: their first month; bound values leave out the files of others
--   last_month date: their last month
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
)

SELECT figures.*
FROM asked
INNER JOIN figures ON asked.article_id = figures.article_id
WHERE figures.month BETWEEN $first_month AND $last_month
ORDER BY figures.article_id, figures.start_char, figures.end_char
