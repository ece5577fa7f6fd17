-- purpose: new articles and the articles of stories near them in time, with what grouping needs; of the
--   packed ones only what a pack does not hold, so body_text and the lists are null
-- grain: one row per article
-- key: article_id
-- reads: articles, mentions, entities, dates, figures, duplicates, story_articles
-- parameters:
--   article_ids texts: the new articles
--   story_ids texts: the stories near them
--   packed_keys texts: run_id and article_id, in one text, of articles as they were packed
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

packed AS (
    SELECT unnest($packed_keys) AS packed_key
),

listed AS (
    SELECT
        articles.article_id,
        articles.outlet,
        articles.language,
        articles.month,
        articles.title,
        if(articles.published_source = 'guess', NULL, articles.published_at) AS published_at,
        concat(articles.run_id, articles.article_id) AS packed_key
    FROM near
    INNER JOIN articles ON near.article_id = articles.article_id
    WHERE articles.month BETWEEN $first_month AND $last_month
),

unpacked AS (
    SELECT listed.article_id
    FROM listed
    ANTI JOIN packed ON listed.packed_key = packed.packed_key
),

texts AS (
    SELECT
        articles.article_id,
        substr(articles.body_text, 1, 2500) AS body_text
    FROM unpacked
    INNER JOIN articles ON unpacked.article_id = articles.article_id
    WHERE articles.month BETWEEN $first_month AND $last_month
),

-- bound months leave out the files of all others; a mention in the lead counts twice
tallied AS (
    SELECT
        mentions.article_id,
        mentions.entity_id,
        mentions.entity_type,
        count(*) + count(*) FILTER (WHERE mentions.start_char < 600) AS importance
    FROM mentions
    INNER JOIN unpacked ON mentions.article_id = unpacked.article_id
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
    INNER JOIN unpacked ON figures.article_id = unpacked.article_id
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
    INNER JOIN unpacked ON dates.article_id = unpacked.article_id
    WHERE
        dates.granularity = 'day'
        AND dates.starts_at IS NOT NULL
        AND dates.month BETWEEN $first_month AND $last_month
    GROUP BY dates.article_id
)

SELECT
    listed.article_id,
    listed.outlet,
    listed.language,
    listed.month,
    listed.title,
    texts.body_text,
    listed.published_at,
    named.entity_ids,
    dated.event_dates,
    named.entity_weights,
    counted.numbers,
    duplicates.original_article_id,
    story_articles.story_id,
    listed.packed_key,
    listed.article_id IN (SELECT asked.article_id FROM asked) AS is_new
FROM listed
LEFT JOIN texts ON listed.article_id = texts.article_id
LEFT JOIN named ON listed.article_id = named.article_id
LEFT JOIN dated ON listed.article_id = dated.article_id
LEFT JOIN counted ON listed.article_id = counted.article_id
LEFT JOIN duplicates
    ON listed.article_id = duplicates.article_id AND duplicates.month BETWEEN $first_month AND $last_month
LEFT JOIN story_articles
    ON
        listed.article_id = story_articles.article_id
        AND story_articles.month BETWEEN $first_month AND $last_month
ORDER BY listed.article_id
