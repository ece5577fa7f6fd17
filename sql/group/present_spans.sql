-- purpose: the figures or quotations that edited articles have now, with their sentences
-- grain: one row per figure or quotation
-- key: article_id, start_char, end_char
-- reads: figures, quotations, sentences, articles
-- parameters:
--   table text: figures or quotations
--   article_ids texts: the articles
SELECT
    child.*,
    sentences.start_char AS sentence_start_char,
    substr(
        articles.body_text, sentences.start_char + 1, sentences.end_char - sentences.start_char
    ) AS sentence
FROM articles
INNER JOIN query_table($table) AS child
    ON articles.article_id = child.article_id AND articles.month = child.month
LEFT JOIN sentences
    ON
        child.article_id = sentences.article_id
        AND child.month = sentences.month
        AND child.sentence_number = sentences.sentence_number
WHERE articles.article_id IN (SELECT unnest($article_ids))
ORDER BY child.article_id, child.start_char, child.end_char
