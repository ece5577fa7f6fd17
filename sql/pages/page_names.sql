-- purpose: how each outlet of a story writes the names of people, organizations and places
-- grain: one row per entity and outlet that names it, of entities that two outlets name
-- key: entity_id, outlet
-- reads: story_articles, articles, mentions, entities
-- parameters:
--   story_id text: the story
--   limit integer = 40: entities at most, those that most outlets name first
WITH named AS (
    SELECT
        mentions.entity_id,
        articles.outlet,
        count(*) AS mention_count,
        list_sort(list_distinct(list(mentions.surface))) AS surfaces
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
    INNER JOIN mentions
        ON story_articles.article_id = mentions.article_id AND story_articles.month = mentions.month
    WHERE story_articles.story_id = $story_id AND mentions.entity_id IS NOT NULL
    GROUP BY mentions.entity_id, articles.outlet
),

ranked AS (
    SELECT
        entity_id,
        count(*) AS outlet_count,
        sum(mention_count) AS mention_count
    FROM named
    GROUP BY entity_id
    HAVING count(*) >= 2
    ORDER BY outlet_count DESC, mention_count DESC, entity_id ASC
    LIMIT $limit
)

SELECT
    ranked.entity_id,
    entities.name,
    entities.entity_type,
    named.outlet,
    named.surfaces,
    named.mention_count
FROM ranked
INNER JOIN named ON ranked.entity_id = named.entity_id
INNER JOIN entities ON ranked.entity_id = entities.entity_id
ORDER BY
    ranked.outlet_count DESC, ranked.mention_count DESC, ranked.entity_id ASC, named.outlet ASC
