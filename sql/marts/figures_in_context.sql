-- purpose: every figure in its sentence, with the outlet, the headline and a link that leads to the words
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures, articles, sentences
-- columns:
--   sentence: The sentence it starts in, or on to the end of the span if that is later; null if the
--     sentence is not known
--   marked: The same with the span between ⟦ and ⟧
--   link: The address of the article with a text fragment: a browser scrolls to the words; null if the
--     article has no web address
--   page: Where the dashboard shows the span in the article's text
WITH placed AS (
    SELECT
        articles.outlet,
        articles.title,
        articles.published_at,
        articles.url,
        web_address(articles.url, articles.canonical_url) AS address,
        figures.surface,
        figures.kind,
        figures.value,
        figures.low,
        figures.high,
        figures.bound,
        figures.unit,
        figures.counted,
        figures.predicate,
        figures.of_whole,
        figures.attributed_to,
        figures.is_suspect,
        figures.suspect_reason,
        figures.article_id,
        figures.start_char,
        figures.end_char,
        figures.month,
        span_of(articles.body_text, sentences.start_char, figures.start_char) AS lead_text,
        span_of(articles.body_text, figures.start_char, figures.end_char) AS span_text,
        span_of(
            articles.body_text, figures.end_char, greatest(sentences.end_char, figures.end_char)
        ) AS tail_text
    FROM figures
    INNER JOIN articles
        ON figures.article_id = articles.article_id AND figures.month = articles.month
    LEFT JOIN sentences
        ON
            figures.article_id = sentences.article_id
            AND figures.month = sentences.month
            AND figures.sentence_number = sentences.sentence_number
)

SELECT
    placed.outlet,
    placed.surface,
    placed.kind,
    placed.value,
    placed.low,
    placed.high,
    placed.bound,
    placed.unit,
    placed.counted,
    placed.predicate,
    placed.of_whole,
    placed.attributed_to,
    placed.is_suspect,
    placed.suspect_reason,
    placed.lead_text || placed.span_text || placed.tail_text AS sentence,
    placed.lead_text || '⟦' || placed.span_text || '⟧' || placed.tail_text AS marked,
    placed.title,
    placed.published_at,
    placed.url,
    link_to_words(placed.address, placed.lead_text, placed.span_text) AS link,
    concat('/articles/', placed.article_id, '#c', placed.start_char) AS page,
    placed.article_id,
    placed.start_char,
    placed.end_char,
    placed.month
FROM placed
