-- purpose: what the news names most
-- grain: one row per entity
-- key: entity_id
-- reads: entity_daily
-- parameters:
--   entity_type text = null: only this type, e.g. person
--   since date = null: only articles published on this day or later
--   limit integer = 20: rows at most
SELECT
    entity_daily.name AS entity_name,
    entity_daily.entity_type,
    sum(entity_daily.article_count) AS article_count,
    sum(entity_daily.mention_count) AS mention_count,
    max(entity_daily.outlet_count) AS outlets_on_one_day,
    min(entity_daily.published_date) AS first_date,
    max(entity_daily.published_date) AS last_date,
    entity_daily.entity_id
FROM entity_daily
WHERE
    ($entity_type::VARCHAR IS NULL OR entity_daily.entity_type = $entity_type)
    AND ($since::DATE IS NULL OR entity_daily.published_date >= $since)
GROUP BY entity_daily.name, entity_daily.entity_type, entity_daily.entity_id
ORDER BY article_count DESC, mention_count DESC, entity_daily.entity_id ASC
LIMIT $limit
