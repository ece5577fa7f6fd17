-- purpose: sentences that name two people, each sentence with its link
-- grain: one row per sentence and pair of people
-- key: article_id, sentence_number, entity_id, other_entity_id
-- reads: mentions, mentions_in_context
-- parameters:
--   name text = null: one of the people, or a part of the name
--   other text = null: and the other one
--   limit integer = 50: rows at most
WITH people AS (
    SELECT
        shown.*,
        mentions.sentence_number
    FROM mentions_in_context AS shown
    INNER JOIN mentions
        ON
            shown.article_id = mentions.article_id
            AND shown.start_char = mentions.start_char
            AND shown.end_char = mentions.end_char
            AND shown.month = mentions.month
    WHERE shown.entity_type = 'person' AND shown.entity_id IS NOT NULL
    QUALIFY
        row_number() OVER (
            PARTITION BY shown.article_id, mentions.sentence_number, shown.entity_id
            ORDER BY shown.start_char ASC
        ) = 1
)

SELECT
    one.outlet,
    one.name AS person,
    two.name AS other_person,
    one.sentence,
    one.published_at,
    one.title,
    one.link,
    one.article_id,
    one.sentence_number,
    one.entity_id,
    two.entity_id AS other_entity_id
FROM people AS one
INNER JOIN people AS two
    ON
        one.article_id = two.article_id
        AND one.sentence_number = two.sentence_number
        AND one.entity_id <> two.entity_id
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
ORDER BY one.published_at DESC NULLS LAST, one.article_id ASC, one.start_char ASC, two.start_char ASC
LIMIT $limit
