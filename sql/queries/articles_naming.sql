-- purpose: the articles that name a thing, newest first
-- grain: one row per article
-- key: article_id
-- reads: mentions, entities, articles
-- parameters:
--   name text: its name or an alias
--   limit integer = 50: rows at most
WITH named AS (
    SELECT
        entities.entity_id,
        entities.name
    FROM entities
    WHERE lower(entities.name) = lower($name) OR list_contains(entities.aliases, $name)
)

SELECT
    articles.published_at,
    articles.outlet,
    articles.title,
    count(*) AS mention_count,
    min(mentions.role) AS role_at_hand,
    min(named.name) AS entity_name,
    articles.article_id,
    articles.url
FROM mentions
INNER JOIN named ON mentions.entity_id = named.entity_id
INNER JOIN articles ON mentions.article_id = articles.article_id AND mentions.month = articles.month
GROUP BY articles.published_at, articles.outlet, articles.title, articles.article_id, articles.url
ORDER BY articles.published_at DESC NULLS LAST, articles.article_id ASC
LIMIT $limit
