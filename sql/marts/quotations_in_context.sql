-- purpose: every quotation in its sentence, with the outlet, the headline and a link that leads to the words
-- grain: one row per quotation
-- key: article_id, start_char, end_char
-- reads: quotations, articles, sentences, entities
-- columns:
--   sentence: The sentence it starts in, or on to the end of the span if that is later; null if the
--     sentence is not known
--   marked: The same with the span between ⟦ and ⟧
--   link: The address of the article with a text fragment: a browser scrolls to the words; null if the
--     article has no web address
--   page: Where the dashboard shows the span in the article's text
--   quotation: The words, without the outer quotation marks
--   speaker_name: The speaker's name where the speaker is an entity; speaker is what is printed
WITH placed AS (
    SELECT
        articles.outlet,
        articles.title,
        articles.published_at,
        articles.url,
        web_address(articles.url, articles.canonical_url) AS address,
        quotations.text AS quotation,
        quotations.kind,
        quotations.speaker,
        quotations.is_anonymous,
        quotations.cue,
        quotations.speaker_entity_id,
        entities.name AS speaker_name,
        quotations.article_id,
        quotations.start_char,
        quotations.end_char,
        quotations.month,
        span_of(articles.body_text, sentences.start_char, quotations.start_char) AS lead_text,
        span_of(articles.body_text, quotations.start_char, quotations.end_char) AS span_text,
        span_of(
            articles.body_text, quotations.end_char, greatest(sentences.end_char, quotations.end_char)
        ) AS tail_text
    FROM quotations
    INNER JOIN articles
        ON quotations.article_id = articles.article_id AND quotations.month = articles.month
    LEFT JOIN sentences
        ON
            quotations.article_id = sentences.article_id
            AND quotations.month = sentences.month
            AND quotations.sentence_number = sentences.sentence_number
    LEFT JOIN entities ON quotations.speaker_entity_id = entities.entity_id
)

SELECT
    placed.outlet,
    placed.quotation,
    placed.kind,
    placed.speaker,
    placed.speaker_name,
    placed.is_anonymous,
    placed.cue,
    placed.lead_text || placed.span_text || placed.tail_text AS sentence,
    placed.lead_text || '⟦' || placed.span_text || '⟧' || placed.tail_text AS marked,
    placed.title,
    placed.published_at,
    placed.url,
    link_to_words(placed.address, placed.lead_text, placed.span_text) AS link,
    concat('/articles/', placed.article_id, '#c', placed.start_char) AS page,
    placed.speaker_entity_id,
    placed.article_id,
    placed.start_char,
    placed.end_char,
    placed.month
FROM placed
