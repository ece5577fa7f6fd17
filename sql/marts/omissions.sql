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
WITH placed AS (
    SELECT
        story_articles.story_id,
        articles.outlet,
        story_articles.article_id,
        story_articles.month
    FROM story_articles
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
),

outlets AS (
    SELECT DISTINCT
        story_id,
        outlet
    FROM placed
),

sizes AS (
    SELECT
        story_id,
        count(*) AS outlet_count
    FROM outlets
    GROUP BY story_id
),

answered AS (
    SELECT
        readings.question_id,
        list_sort(list(DISTINCT articles.outlet)) AS outlets
    FROM readings
    INNER JOIN articles ON readings.article_id = articles.article_id AND readings.month = articles.month
    GROUP BY readings.question_id
),

named AS (
    SELECT DISTINCT
        placed.story_id,
        placed.outlet,
        mentions.entity_id
    FROM mentions
    INNER JOIN placed ON mentions.article_id = placed.article_id AND mentions.month = placed.month
    WHERE mentions.entity_type IN ('person', 'organization')
),

told AS (
    SELECT
        questions.story_id,
        'number' AS kind,
        questions.question_id AS item_id,
        questions.label AS item,
        []::VARCHAR[] AS entity_ids,
        answered.outlets AS other_outlets
    FROM questions
    INNER JOIN answered ON questions.question_id = answered.question_id
    WHERE questions.outlet_count > 1
    UNION ALL
    SELECT
        named.story_id,
        'name' AS kind,
        min(entities.entity_id) AS item_id,
        min(entities.name) AS item,
        list(DISTINCT entities.entity_id) AS entity_ids,
        list_sort(list(DISTINCT named.outlet)) AS other_outlets
    FROM named
    INNER JOIN entities ON named.entity_id = entities.entity_id
    GROUP BY named.story_id, lower(entities.name)
),

missing AS (
    SELECT
        told.story_id,
        outlets.outlet,
        told.kind,
        told.item,
        told.other_outlets,
        len(told.other_outlets) AS other_outlet_count,
        sizes.outlet_count - 1 AS of_outlet_count,
        told.item_id,
        told.entity_ids
    FROM told
    INNER JOIN sizes ON told.story_id = sizes.story_id
    INNER JOIN outlets ON told.story_id = outlets.story_id
    WHERE
        len(told.other_outlets) >= 2
        AND 2 * len(told.other_outlets) > sizes.outlet_count - 1
        AND NOT list_contains(told.other_outlets, outlets.outlet)
),

-- the forms by which a missing name is known
forms AS (
    SELECT DISTINCT
        wanted.story_id,
        wanted.outlet,
        wanted.item_id,
        unnest(
            list_transform(list_append(entities.aliases, entities.name), form -> lower(form))
        ) AS form
    FROM (
        SELECT
            story_id,
            outlet,
            item_id,
            unnest(entity_ids) AS entity_id
        FROM missing
    ) AS wanted
    INNER JOIN entities ON wanted.entity_id = entities.entity_id
),

-- an outlet that prints the name, or a form by which it is known, leaves nothing out
printed AS (
    SELECT DISTINCT
        forms.story_id,
        forms.outlet,
        forms.item_id
    FROM forms
    INNER JOIN placed ON forms.story_id = placed.story_id AND forms.outlet = placed.outlet
    INNER JOIN mentions
        ON
            placed.article_id = mentions.article_id
            AND placed.month = mentions.month
            AND forms.form = lower(mentions.surface)
)

SELECT
    missing.* EXCLUDE (missing.entity_ids, missing.item_id),
    missing.item_id
FROM missing
LEFT JOIN printed
    ON
        missing.story_id = printed.story_id
        AND missing.outlet = printed.outlet
        AND missing.item_id = printed.item_id
WHERE missing.kind = 'number' OR printed.story_id IS NULL
