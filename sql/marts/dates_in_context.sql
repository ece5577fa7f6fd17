-- purpose: every date in its sentence, with the outlet, the headline and a link that leads to the words
-- grain: one row per expression of time
-- key: article_id, start_char, end_char
-- reads: dates, articles, sentences
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
        dates.surface,
        dates.starts_at,
        dates.ends_at,
        dates.granularity,
        dates.is_relative,
        dates.anchor,
        dates.article_id,
        dates.start_char,
        dates.end_char,
        dates.month,
        span_of(articles.body_text, sentences.start_char, dates.start_char) AS lead_text,
        span_of(articles.body_text, dates.start_char, dates.end_char) AS span_text,
        span_of(
            articles.body_text, dates.end_char, greatest(sentences.end_char, dates.end_char)
        ) AS tail_text
    FROM dates
    INNER JOIN articles
        ON dates.article_id = articles.article_id AND dates.month = articles.month
    LEFT JOIN sentences
        ON
            dates.article_id = sentences.article_id
            AND dates.month = sentences.month
            AND dates.sentence_number = sentences.sentence_number
)

SELECT
    placed.outlet,
    placed.surface,
    placed.starts_at,
    placed.ends_at,
    placed.granularity,
    placed.is_relative,
    placed.anchor,
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
