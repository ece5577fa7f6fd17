-- purpose: new articles and the articles of stories near them in time, with what grouping needs
-- grain: one row per article
-- key: article_id
-- reads: articles, mentions, entities, dates, figures, duplicates, story_articles
-- parameters:
--   article_ids texts: the new articles
--   story_ids texts: the stories near them
--   first_month date: the first month of all these
--   last_month date: their last month
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
),

told AS (
    SELECT unnest($story_ids) AS story_id
),

near AS (
    SELECT story_articles.article_id
    FROM story_articles
    INNER JOIN told ON story_articles.story_id = told.story_id
    WHERE story_articles.month BETWEEN $first_month AND $last_month
    UNION
    SELECT article_id FROM asked
),

-- bound months leave out the files of all others; a mention in the lead counts twice
tallied AS (
    SELECT
        mentions.article_id,
        mentions.entity_id,
        mentions.entity_type,
        count(*) + count(*) FILTER (WHERE mentions.start_char < 600) AS importance
    FROM mentions
    INNER JOIN near ON mentions.article_id = near.article_id
    WHERE mentions.entity_id IS NOT NULL AND mentions.month BETWEEN $first_month AND $last_month
    GROUP BY mentions.article_id, mentions.entity_id, mentions.entity_type
),

named AS (
    SELECT
        tallied.article_id,
        list_sort(list_distinct(list(tallied.entity_id))) AS entity_ids,
        list(
            struct_pack(
                entity_id := tallied.entity_id,
                entity_type := tallied.entity_type,
                weight := tallied.importance,
                is_famous := entities.wikidata_id IS NOT NULL
            )
            ORDER BY tallied.entity_id, tallied.entity_type
        ) AS entity_weights
    FROM tallied
    LEFT JOIN entities ON tallied.entity_id = entities.entity_id
    GROUP BY tallied.article_id
),

counted AS (
    SELECT
        figures.article_id,
        list_sort(
            list_distinct(
                list(struct_pack(kind := figures.kind, value := figures.value, unit := figures.unit))
            )
        ) AS numbers
    FROM figures
    INNER JOIN near ON figures.article_id = near.article_id
    WHERE
        figures.kind IN ('age', 'count', 'measure', 'money', 'percent')
        AND figures.value IS NOT NULL
        AND figures.month BETWEEN $first_month AND $last_month
    GROUP BY figures.article_id
),

dated AS (
    SELECT
        dates.article_id,
        list_sort(list_distinct(list(dates.starts_at))) AS event_dates
    FROM dates
    INNER JOIN near ON dates.article_id = near.article_id
    WHERE
        dates.granularity = 'day'
        AND dates.starts_at IS NOT NULL
        AND dates.month BETWEEN $first_month AND $last_month
    GROUP BY dates.article_id
)

SELECT
    articles.article_id,
    articles.outlet,
    articles.language,
    articles.month,
    articles.title,
    substr(articles.body_text, 1, 2500) AS body_text,
    if(articles.published_source = 'guess', NULL, articles.published_at) AS published_at,
    named.entity_ids,
    dated.event_dates,
    named.entity_weights,
    counted.numbers,
    duplicates.original_article_id,
    story_articles.story_id,
    articles.article_id IN (SELECT asked.article_id FROM asked) AS is_new
FROM near
INNER JOIN articles ON near.article_id = articles.article_id
LEFT JOIN named ON near.article_id = named.article_id
LEFT JOIN dated ON near.article_id = dated.article_id
LEFT JOIN counted ON near.article_id = counted.article_id
LEFT JOIN duplicates
    ON near.article_id = duplicates.article_id AND duplicates.month BETWEEN $first_month AND $last_month
LEFT JOIN story_articles
    ON
        near.article_id = story_articles.article_id
        AND story_articles.month BETWEEN $first_month AND $last_month
WHERE articles.month BETWEEN $first_month AND $last_month
ORDER BY articles.article_id
