-- purpose: one thing named
-- grain: one row per entity
-- key: entity_id
-- reads: entities
-- parameters:
--   entity_id text: the entity
SELECT
    entity_id,
    name,
    entity_type,
    aliases,
    wikidata_id,
    country_code
FROM entities
WHERE entity_id = $entity_id
