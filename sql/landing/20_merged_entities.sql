-- purpose: the entities that the landed articles name, merged with the lake's: a name known to Wikidata
--   wins over a longer name, a longer name over a shorter one, "Wexcombe" over "WEXCOMBE"; aliases are joined
--   and sorted
-- grain: one row per entity that changes
-- key: entity_id
-- reads: decided, staged_entities, staged_mentions, staged_quotations, entities
-- makes: merged_entities
-- replaces: entities
-- needs: staged_entities
CREATE OR REPLACE TEMP TABLE merged_entities AS
WITH winners AS (
    SELECT
        decided.part,
        decided.article_id
    FROM decided
    WHERE decided.reason IN ('new', 'updated', 'reprocessed')
),

named AS (
    SELECT
        mention.part,
        mention.entity_id
    FROM staged_mentions AS mention
    SEMI JOIN winners ON mention.part = winners.part AND mention.article_id = winners.article_id
    UNION
    SELECT
        quotation.part,
        quotation.speaker_entity_id AS entity_id
    FROM staged_quotations AS quotation
    SEMI JOIN winners ON quotation.part = winners.part AND quotation.article_id = winners.article_id
),

landed AS (
    SELECT staged.* EXCLUDE (part)
    FROM staged_entities AS staged
    SEMI JOIN named ON staged.part = named.part AND staged.entity_id = named.entity_id
),

known AS (
    SELECT *
    FROM lake.main.entities
    -- hashes: the catalog cannot tell which files hold random ids. A stranger merges with itself alone
    WHERE hash(entity_id) IN (SELECT hash(landed.entity_id) FROM landed)
),

readings AS (
    SELECT * FROM landed
    UNION ALL BY NAME
    SELECT * FROM known
),

merged AS (
    SELECT
        readings.entity_id,
        first(
            readings.name
            ORDER BY
                readings.wikidata_id IS NULL ASC,
                length(readings.name) DESC,
                readings.name = upper(readings.name) ASC,
                readings.name ASC
        ) AS name,  -- noqa: RF04
        first(
            readings.entity_type
            ORDER BY
                readings.wikidata_id IS NULL ASC,
                length(readings.name) DESC,
                readings.name ASC,
                readings.entity_type ASC
        ) AS entity_type,
        list_distinct(flatten(list(list_append(readings.aliases, readings.name)))) AS forms,
        min(readings.wikidata_id) AS wikidata_id,
        min(readings.country_code) AS country_code,
        min(
            CASE
                WHEN readings.longitude IS NOT NULL AND readings.latitude IS NOT NULL
                    THEN { 'latitude': readings.latitude, 'longitude': readings.longitude }
            END
        ) AS position  -- noqa: RF04
    FROM readings
    GROUP BY readings.entity_id
)

SELECT
    merged.entity_id,
    merged.name,
    merged.entity_type,
    list_sort(list_filter(merged.forms, form -> form <> merged.name)) AS aliases,
    merged.wikidata_id,
    merged.country_code,
    merged.position.latitude,
    merged.position.longitude
FROM merged
EXCEPT
SELECT
    known.entity_id,
    known.name,
    known.entity_type,
    known.aliases,
    known.wikidata_id,
    known.country_code,
    known.latitude,
    known.longitude
FROM known;
