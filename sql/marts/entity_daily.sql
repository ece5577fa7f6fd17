-- purpose: how often a thing is named on each day of publication, and by how many outlets
-- grain: one row per entity and day
-- key: entity_id, published_date
-- reads: mentions, articles, entities
-- columns:
--   published_date: The day of publication as readers saw it
--   mention_count: How often it is named that day, in all articles
--   article_count: Articles that name it that day
--   outlet_count: Outlets that name it that day
SELECT
    mentions.entity_id,
    entities.name,
    entities.entity_type,
    entities.country_code,
    coalesce(articles.published_date, articles.published_at::DATE) AS published_date,
    count(*) AS mention_count,
    count(DISTINCT articles.article_id) AS article_count,
    count(DISTINCT articles.outlet) AS outlet_count
FROM mentions
INNER JOIN articles ON mentions.article_id = articles.article_id AND mentions.month = articles.month
INNER JOIN entities ON mentions.entity_id = entities.entity_id
WHERE articles.published_at IS NOT NULL
GROUP BY ALL
