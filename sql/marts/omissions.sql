-- purpose: numbers and names that most other outlets of a story print and this outlet does not
-- grain: one row per story, outlet and thing left out
-- key: story_id, outlet, kind, item_id
-- reads: questions, readings, articles, story_articles, mentions, entities
-- columns:
--   kind: number (a question that the others answer) or name (a person or body that the others name)
--   item: The question in words, or the name
--   other_outlets: The outlets that have it
--   other_outlet_count: Number of these outlets: at least two, and more than half of the others
--   of_outlet_count: All other outlets of the story
--   item_id: The question_id or entity_id; of several entities of one name the first
WITH outlets AS (
    SELECT DISTINCT
        story_articles.story_id,
        articles.outlet
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
),

named AS (
    SELECT DISTINCT
        story_articles.story_id,
        articles.outlet,
        mentions.entity_id,
        mentions.entity_type,
        lower(mentions.surface) AS printed
    FROM mentions
    INNER JOIN story_articles
        ON mentions.article_id = story_articles.article_id AND mentions.month = story_articles.month
    INNER JOIN articles
        ON mentions.article_id = articles.article_id AND mentions.month = articles.month
),

items AS (
    SELECT DISTINCT
        questions.story_id,
        'number' AS kind,
        questions.label AS item,
        questions.question_id AS item_key,
        questions.question_id AS item_id,
        articles.outlet,
        list_value() AS forms
    FROM questions
    INNER JOIN readings ON questions.question_id = readings.question_id
    INNER JOIN articles ON readings.article_id = articles.article_id AND readings.month = articles.month
    WHERE questions.outlet_count > 1
    UNION ALL
    SELECT DISTINCT
        named.story_id,
        'name' AS kind,
        entities.name AS item,
        lower(entities.name) AS item_key,
        entities.entity_id AS item_id,
        named.outlet,
        list_transform(list_append(entities.aliases, entities.name), form -> lower(form)) AS forms
    FROM named
    INNER JOIN entities ON named.entity_id = entities.entity_id
    WHERE named.entity_type IN ('person', 'organization')
),

told AS (
    SELECT
        story_id,
        kind,
        item_key,
        min(item_id) AS item_id,
        min(item) AS item,
        list_distinct(flatten(list(forms))) AS forms,
        list_sort(list(DISTINCT outlet)) AS other_outlets
    FROM items
    GROUP BY story_id, kind, item_key
),

sizes AS (
    SELECT
        story_id,
        count(*) AS outlet_count
    FROM outlets
    GROUP BY story_id
)

SELECT
    told.story_id,
    outlets.outlet,
    told.kind,
    told.item,
    told.other_outlets,
    len(told.other_outlets) AS other_outlet_count,
    sizes.outlet_count - 1 AS of_outlet_count,
    told.item_id
FROM told
INNER JOIN sizes ON told.story_id = sizes.story_id
INNER JOIN outlets ON told.story_id = outlets.story_id
WHERE
    NOT list_contains(told.other_outlets, outlets.outlet)
    AND len(told.other_outlets) >= 2
    AND 2 * len(told.other_outlets) > sizes.outlet_count - 1
    -- an outlet that prints the name, or a form by which it is known, leaves nothing out
    AND NOT EXISTS (
        SELECT 1 FROM named
        WHERE
            named.story_id = told.story_id
            AND named.outlet = outlets.outlet
            AND list_contains(told.forms, named.printed)
    )
