-- purpose: which countries the news names, by their places, people and organizations
-- grain: one row per country
-- key: country_code
-- reads: mentions, entities, articles
-- parameters:
--   outlet text = null: only this outlet
--   since date = null: only articles published on this day or later
SELECT
    entities.country_code,
    count(*) AS mention_count,
    count(DISTINCT mentions.article_id) AS article_count,
    count(DISTINCT articles.outlet) AS outlet_count,
    mode(entities.name ORDER BY entities.name) AS most_named
FROM mentions
INNER JOIN entities ON mentions.entity_id = entities.entity_id
INNER JOIN articles ON mentions.article_id = articles.article_id AND mentions.month = articles.month
WHERE
    entities.country_code IS NOT NULL
    AND ($outlet::VARCHAR IS NULL OR articles.outlet = $outlet)
    AND ($since::DATE IS NULL OR articles.published_at >= $since::DATE)
GROUP BY entities.country_code
ORDER BY article_count DESC, entities.country_code ASC
