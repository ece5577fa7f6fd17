-- purpose: the sentences of a story's articles
-- grain: one row per sentence
-- key: article_id, sentence_number
-- reads: sentences
-- parameters:
--   article_ids texts: the articles
--   first_month date: their first month; bound values leave out the files of others
--   last_month date: their last month
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
)

SELECT sentences.*
FROM asked
INNER JOIN sentences ON asked.article_id = sentences.article_id
WHERE sentences.month BETWEEN $first_month AND $last_month
ORDER BY sentences.article_id, sentences.sentence_number
