-- purpose: every name in its sentence, with the outlet, the headline and a link that leads to the words
-- grain: one row per mention
-- key: article_id, start_char, end_char
-- reads: mentions, articles, sentences, entities
-- columns:
--   sentence: The sentence it starts in, or on to the end of the span if that is later; null if the
--     sentence is not known
--   marked: The same with the span between ⟦ and ⟧
--   link: The address of the article with a text fragment: a browser scrolls to the words; null if the
--     article has no web address
--   page: Where the dashboard shows the span in the article's text
--   name: The entity's fullest or best-known name
WITH placed AS (
    SELECT
        articles.outlet,
        articles.title,
        articles.published_at,
        articles.url,
        web_address(articles.url, articles.canonical_url) AS address,
        mentions.surface,
        mentions.entity_type,
        mentions.role,
        mentions.entity_id,
        entities.name,
        mentions.article_id,
        mentions.start_char,
        mentions.end_char,
        mentions.month,
        span_of(articles.body_text, sentences.start_char, mentions.start_char) AS lead_text,
        span_of(articles.body_text, mentions.start_char, mentions.end_char) AS span_text,
        span_of(
            articles.body_text, mentions.end_char, greatest(sentences.end_char, mentions.end_char)
        ) AS tail_text
    FROM mentions
    INNER JOIN articles
        ON mentions.article_id = articles.article_id AND mentions.month = articles.month
    LEFT JOIN sentences
        ON
            mentions.article_id = sentences.article_id
            AND mentions.month = sentences.month
            AND mentions.sentence_number = sentences.sentence_number
    LEFT JOIN entities ON mentions.entity_id = entities.entity_id
)

SELECT
    placed.outlet,
    placed.surface,
    placed.name,
    placed.entity_type,
    placed.role,
    placed.lead_text || placed.span_text || placed.tail_text AS sentence,
    placed.lead_text || '⟦' || placed.span_text || '⟧' || placed.tail_text AS marked,
    placed.title,
    placed.published_at,
    placed.url,
    link_to_words(placed.address, placed.lead_text, placed.span_text) AS link,
    concat('/articles/', placed.article_id, '#c', placed.start_char) AS page,
    placed.entity_id,
    placed.article_id,
    placed.start_char,
    placed.end_char,
    placed.month
FROM placed
