-- purpose: the names in a story's articles
-- grain: one row per mention
-- key: article_id, start_char, end_char
-- reads: mentions
-- parameters:
--   article_ids texts: the articles
--   first_month date: their first month; bound values leave out the files of others
--   last_month date: their last month
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
)

SELECT
    mentions.article_id,
    mentions.start_char,
    mentions.surface,
    mentions.entity_type,
    mentions.entity_id
FROM asked
INNER JOIN mentions ON asked.article_id = mentions.article_id
WHERE mentions.month BETWEEN $first_month AND $last_month
ORDER BY mentions.article_id, mentions.start_char, mentions.end_char
