-- purpose: every name in its sentence, with the outlet, the headline and a link that leads to the words
-- grain: one row per mention
-- key: article_id, start_char, end_char
-- reads: mentions, articles, sentences, entities
-- columns:
--   sentence: The sentence it starts in, on to the end of the span where that is later; null where no
--     sentence is known
--   marked: The same with the span between ⟦ and ⟧
--   link: The address of the article with a text fragment: a browser scrolls to the words; null without
--     a web address
--   page: Where the dashboard shows the span in the article's text
--   name: The entity's fullest or best-known name
WITH placed AS (
    SELECT
        articles.outlet,
        articles.title,
        articles.published_at,
        articles.url,
        CASE
            WHEN regexp_matches(articles.url, '^https?://') THEN articles.url
            ELSE articles.canonical_url
        END AS web_url,
        mentions.surface,
        mentions.entity_type,
        mentions.role,
        mentions.entity_id,
        entities.name,
        mentions.article_id,
        mentions.start_char,
        mentions.end_char,
        mentions.month,
        substr(
            articles.body_text, sentences.start_char + 1, mentions.start_char - sentences.start_char
        ) AS lead_text,
        substr(
            articles.body_text, mentions.start_char + 1, mentions.end_char - mentions.start_char
        ) AS span_text,
        substr(
            articles.body_text,
            mentions.end_char + 1,
            greatest(sentences.end_char - mentions.end_char, 0)
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
    CASE
        WHEN regexp_matches(placed.web_url, '^https?://')
            THEN concat(
                regexp_replace(placed.web_url, '#.*$', ''),
                '#:~:text=',
                -- the three words before the span tell it from the same words elsewhere on the page
                coalesce(
                    replace(
                        url_encode(nullif(trim(regexp_extract(placed.lead_text, '(\S+\s+){1,3}$')), '')),
                        '-',
                        '%2D'
                    ) || '-,',
                    ''
                ),
                replace(url_encode(placed.span_text), '-', '%2D')
            )
    END AS link,
    concat('/articles/', placed.article_id, '#c', placed.start_char) AS page,
    placed.entity_id,
    placed.article_id,
    placed.start_char,
    placed.end_char,
    placed.month
FROM placed
