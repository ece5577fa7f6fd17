-- purpose: how each outlet of a story writes the names of people, organizations and places
-- grain: one row per name and outlet that prints it, of names that two outlets print
-- key: entity_id, outlet
-- reads: story_articles, articles, mentions, entities
-- parameters:
--   story_id text: the story
--   limit integer = 40: names at most, those that most outlets name first
WITH named AS (
    SELECT
        lower(entities.name) AS name_key,
        articles.outlet,
        count(*) AS mention_count,
        list_sort(list_distinct(list(mentions.surface))) AS surfaces
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
    INNER JOIN mentions
        ON story_articles.article_id = mentions.article_id AND story_articles.month = mentions.month
    INNER JOIN entities ON mentions.entity_id = entities.entity_id
    WHERE story_articles.story_id = $story_id
    GROUP BY name_key, articles.outlet
),

-- of several entities that are called the same, a name stands for the one that is named most
chief AS (
    SELECT
        lower(entities.name) AS name_key,
        entities.entity_id,
        entities.name,
        entities.entity_type
    FROM story_articles
    INNER JOIN mentions
        ON story_articles.article_id = mentions.article_id AND story_articles.month = mentions.month
    INNER JOIN entities ON mentions.entity_id = entities.entity_id
    WHERE story_articles.story_id = $story_id
    GROUP BY entities.entity_id, entities.name, entities.entity_type
    QUALIFY row_number() OVER (PARTITION BY name_key ORDER BY count(*) DESC, entities.entity_id ASC) = 1
),

ranked AS (
    SELECT
        name_key,
        count(*) AS outlet_count,
        sum(mention_count) AS mention_count
    FROM named
    GROUP BY name_key
    HAVING count(*) >= 2
    ORDER BY outlet_count DESC, mention_count DESC, name_key ASC
    LIMIT $limit
)

SELECT
    chief.entity_id,
    chief.name,
    chief.entity_type,
    named.outlet,
    named.surfaces,
    named.mention_count
FROM ranked
INNER JOIN named ON ranked.name_key = named.name_key
INNER JOIN chief ON ranked.name_key = chief.name_key
ORDER BY
    ranked.outlet_count DESC, ranked.mention_count DESC, chief.entity_id ASC, named.outlet ASC
