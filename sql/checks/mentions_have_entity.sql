-- purpose: an entity named by a mention or a quotation is there
-- grain: one row per span without it
-- key: table_name, article_id, start_char
-- reads: mentions, quotations, entities
WITH named AS (
    SELECT
        'mentions' AS table_name,
        article_id,
        start_char,
        entity_id
    FROM mentions
    UNION ALL
    SELECT
        'quotations' AS table_name,
        article_id,
        start_char,
        speaker_entity_id AS entity_id
    FROM quotations
)

SELECT named.*
FROM named
ANTI JOIN entities ON named.entity_id = entities.entity_id
WHERE named.entity_id IS NOT NULL
