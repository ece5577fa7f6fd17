-- purpose: sentences that name two people, each sentence with its link
-- grain: one row per sentence and pair of people
-- key: article_id, sentence_number, entity_id, other_entity_id
-- reads: mentions, entities, articles, sentences
-- parameters:
--   name text = null: one of the people, or a part of the name
--   other text = null: and the other one
--   limit integer = 50: rows at most
-- The rows are chosen first: only theirs are the sentences that are read.
WITH people AS (
    SELECT
        mentions.article_id,
        mentions.sentence_number,
        mentions.entity_id,
        mentions.month,
        entities.name,
        min(mentions.start_char) AS start_char,
        arg_min(mentions.end_char, mentions.start_char) AS end_char
    FROM mentions
    INNER JOIN entities ON mentions.entity_id = entities.entity_id
    WHERE mentions.entity_type = 'person'
    GROUP BY mentions.article_id, mentions.sentence_number, mentions.entity_id, mentions.month, entities.name
),

chosen AS (
    SELECT
        one.*,
        two.name AS other_person,
        two.entity_id AS other_entity_id,
        two.start_char AS other_start_char,
        articles.published_at
    FROM people AS one
    INNER JOIN people AS two
        ON
            one.article_id = two.article_id
            AND one.month = two.month
            AND one.sentence_number = two.sentence_number
            AND one.entity_id <> two.entity_id
    INNER JOIN articles ON one.article_id = articles.article_id AND one.month = articles.month
    WHERE
        CASE
            WHEN $name::VARCHAR IS NULL AND $other::VARCHAR IS NULL THEN one.entity_id < two.entity_id
            ELSE
                contains(lower(one.name), lower(coalesce($name, $other)))
                AND (
                    $name::VARCHAR IS NULL
                    OR $other::VARCHAR IS NULL
                    OR contains(lower(two.name), lower($other))
                )
        END
    ORDER BY
        articles.published_at DESC NULLS LAST, one.article_id ASC, one.start_char ASC, two.start_char ASC
    LIMIT $limit
),

placed AS (
    SELECT
        chosen.*,
        articles.outlet,
        articles.title,
        web_address(articles.url, articles.canonical_url) AS address,
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
            AND chosen.sentence_number = sentences.sentence_number
            AND chosen.month = sentences.month
)

SELECT
    outlet,
    name AS person,
    other_person,
    lead_text || span_text || tail_text AS sentence,
    published_at,
    title,
    link_to_words(address, lead_text, span_text) AS link,
    article_id,
    sentence_number,
    entity_id,
    other_entity_id
FROM placed
ORDER BY published_at DESC NULLS LAST, article_id ASC, start_char ASC, other_start_char ASC
