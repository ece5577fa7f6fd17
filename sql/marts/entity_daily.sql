-- purpose: how often a thing is named on each day of publication, and by how many outlets
-- grain: one row per entity and day
-- key: entity_id, published_date
-- reads: mentions, articles, entities
-- columns:
--   published_date: The day of publication as readers saw it
--   mention_count: How often it is named that day, in all articles
--   article_count: Articles that name it that day
--   outlet_count: Outlets that name it that day
-- articles are counted by number: ids as text cost twice the time
WITH numbered AS (
    SELECT
        article_id,
        month,
        outlet,
        coalesce(published_date, published_at::DATE) AS published_date,
        row_number() OVER () AS article_number
    FROM articles
    WHERE published_at IS NOT NULL
),

named AS (
    SELECT
        mentions.entity_id,
        numbered.article_number,
        numbered.published_date,
        min(numbered.outlet) AS outlet,
        count(*) AS mention_count
    FROM mentions
    INNER JOIN numbered ON mentions.article_id = numbered.article_id AND mentions.month = numbered.month
    GROUP BY mentions.entity_id, numbered.article_number, numbered.published_date
),

days AS (
    SELECT
        entity_id,
        published_date,
        sum(mention_count)::BIGINT AS mention_count,
        count(*) AS article_count,
        count(DISTINCT outlet) AS outlet_count
    FROM named
    GROUP BY entity_id, published_date
)

SELECT
    days.entity_id,
    entities.name,
    entities.entity_type,
    entities.country_code,
    days.published_date,
    days.mention_count,
    days.article_count,
    days.outlet_count
FROM days
INNER JOIN entities ON days.entity_id = entities.entity_id
