-- purpose: everything a person is quoted with, newest first, each in its sentence; the speaker as printed,
--   and who that is
-- grain: one row per quotation
-- key: article_id, start_char
-- reads: quotations, articles, sentences, entities
-- parameters:
--   name text: the person, or a part of the name
--   limit integer = 50: rows at most
WITH chosen AS (
    SELECT
        articles.published_at,
        articles.outlet,
        articles.title,
        web_address(articles.url, articles.canonical_url) AS address,
        entities.name AS speaker_name,
        quotations.*
    FROM quotations
    INNER JOIN articles
        ON quotations.article_id = articles.article_id AND quotations.month = articles.month
    LEFT JOIN entities ON quotations.speaker_entity_id = entities.entity_id
    WHERE
        contains(lower(entities.name), lower($name))
        OR (
            -- without an entity the printed words count, unless they describe somebody by this name:
            -- "X's lawyer"
            entities.name IS NULL
            AND NOT quotations.is_anonymous
            AND contains(lower(quotations.speaker), lower($name))
            AND NOT contains(replace(lower(quotations.speaker), '’', ''''), lower($name) || '''s ')
        )
    ORDER BY articles.published_at DESC NULLS LAST, quotations.article_id ASC, quotations.start_char ASC
    LIMIT $limit
),

-- the rows are chosen first: only theirs are the texts that are read
placed AS (
    SELECT
        chosen.*,
        span_of(articles.body_text, sentences.start_char, chosen.start_char) AS lead_text,
        span_of(articles.body_text, chosen.start_char, chosen.end_char) AS span_text,
        span_of(
            articles.body_text, chosen.end_char, greatest(sentences.end_char, chosen.end_char)
        ) AS tail_text
    FROM chosen
    INNER JOIN articles ON chosen.article_id = articles.article_id AND chosen.month = articles.month
    LEFT JOIN sentences
        ON
            chosen.article_id = sentences.article_id
            AND chosen.month = sentences.month
            AND chosen.sentence_number = sentences.sentence_number
)

SELECT
    published_at,
    outlet,
    speaker,
    speaker_name,
    cue,
    text AS quotation,
    kind,
    lead_text || '⟦' || span_text || '⟧' || tail_text AS marked,
    title,
    link_to_words(address, lead_text, span_text) AS link,
    article_id,
    start_char,
    end_char
FROM placed
ORDER BY published_at DESC NULLS LAST, article_id ASC, start_char ASC
