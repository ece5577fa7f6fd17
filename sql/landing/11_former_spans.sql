-- purpose: keep the figures and quotations of texts that an edit replaces, with their sentences
-- grain: one row per figure or quotation of an edited article
-- key: capture_id, start_char, end_char
-- each: figures, quotations
-- reads: decided, changed_words, articles, figures, quotations, sentences
-- makes: former_spans
-- replaces: former_{table}
-- needs: decided, changed_words
-- parameters:
--   table text: the name of the table, one of those under `each`
--   first_month date = null: the first month of the articles met; a bound value keeps earlier files closed
--   last_month date = null: their last month
CREATE OR REPLACE TEMP TABLE former_spans AS
SELECT
    decided.capture_id,
    child.* EXCLUDE (month),
    sentences.start_char AS sentence_start_char,
    substr(
        articles.body_text, sentences.start_char + 1, sentences.end_char - sentences.start_char
    ) AS sentence,
    decided.month
FROM decided
INNER JOIN changed_words ON decided.capture_id = changed_words.capture_id
INNER JOIN lake.main.articles AS articles ON decided.article_id = articles.article_id
INNER JOIN query_table('lake.main.' || $table) AS child
    ON articles.article_id = child.article_id AND articles.month = child.month
LEFT JOIN lake.main.sentences AS sentences
    ON
        child.article_id = sentences.article_id
        AND child.month = sentences.month
        AND child.sentence_number = sentences.sentence_number
WHERE decided.reason = 'updated' AND articles.month BETWEEN $first_month AND $last_month;
