-- purpose: every quotation in its sentence, with the outlet, the headline and a link that leads to the words
-- grain: one row per quotation
-- key: article_id, start_char, end_char
-- reads: quotations, articles, sentences, entities
-- columns:
--   sentence: The sentence it starts in, on to the end of the span where that is later; null where no
--     sentence is known
--   marked: The same with the span between ⟦ and ⟧
--   link: The address of the article with a text fragment: a browser scrolls to the words; null without
--     a web address
--   page: Where the dashboard shows the span in the article's text
--   quotation: The words, without the outer quotation marks
--   speaker_name: The speaker's name where the speaker is an entity; speaker is what is printed
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
        substr(
            articles.body_text, sentences.start_char + 1, quotations.start_char - sentences.start_char
        ) AS lead_text,
        substr(
            articles.body_text, quotations.start_char + 1, quotations.end_char - quotations.start_char
        ) AS span_text,
        substr(
            articles.body_text,
            quotations.end_char + 1,
            greatest(sentences.end_char - quotations.end_char, 0)
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
                -- a long span is told by its first and its last words: it may run over paragraphs
                CASE
                    WHEN length(placed.span_text) > 80 OR contains(placed.span_text, chr(10))
                        THEN concat(
                            replace(
                                url_encode(trim(regexp_extract(placed.span_text, '^(\S+[^\S\n]+){0,3}\S+'))),
                                '-',
                                '%2D'
                            ),
                            ',',
                            replace(
                                url_encode(trim(regexp_extract(placed.span_text, '\S+([^\S\n]+\S+){0,3}$'))),
                                '-',
                                '%2D'
                            )
                        )
                    ELSE replace(url_encode(placed.span_text), '-', '%2D')
                END
            )
    END AS link,
    concat('/articles/', placed.article_id, '#c', placed.start_char) AS page,
    placed.speaker_entity_id,
    placed.article_id,
    placed.start_char,
    placed.end_char,
    placed.month
FROM placed
