-- purpose: articles and what was extracted from them, all tables in one shape, to compare two states of
--   the lake
-- grain: one row per span; of articles, duplicates and story_articles one per article, at 0
-- key: table_name, article_id, start_char, end_char
-- reads: articles, mentions, figures, dates, quotations, duplicates, story_articles
-- parameters:
--   ids texts: capture_ids or article_ids
--   first_month date = null: the articles' first month; a bound value keeps earlier files closed
--   last_month date = null: their last month
WITH asked AS (
    SELECT unnest($ids) AS item_id
),

chosen AS (
    SELECT
        article_id,
        outlet,
        concat_ws(
            ' | ',
            title,
            array_to_string(authors, ', '),
            published_at,
            word_count || ' words',
            text_sha256[:8]
        ) AS said
    FROM articles
    WHERE
        month BETWEEN $first_month AND $last_month
        AND (
            article_id IN (SELECT asked.item_id FROM asked)
            OR capture_id IN (SELECT asked.item_id FROM asked)
        )
),

found AS (
    SELECT
        'articles' AS table_name,
        article_id,
        0 AS start_char,
        0 AS end_char,
        said
    FROM chosen
    UNION ALL
    SELECT
        'duplicates' AS table_name,
        article_id,
        0 AS start_char,
        0 AS end_char,
        relation || ' of ' || original_article_id AS said
    FROM duplicates
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        'story_articles' AS table_name,
        article_id,
        0 AS start_char,
        0 AS end_char,
        'in story ' || story_id AS said
    FROM story_articles
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        'mentions' AS table_name,
        article_id,
        start_char,
        end_char,
        surface || ' (' || entity_type || ')' AS said
    FROM mentions
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        'figures' AS table_name,
        article_id,
        start_char,
        end_char,
        concat_ws(' ', surface, '=', bound, value, low, high, unit, counted) AS said
    FROM figures
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        'dates' AS table_name,
        article_id,
        start_char,
        end_char,
        concat_ws(' ', surface, '=', starts_at, ends_at) AS said
    FROM dates
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        'quotations' AS table_name,
        article_id,
        start_char,
        end_char,
        concat_ws(' ', text, '--', speaker) AS said
    FROM quotations
    WHERE month BETWEEN $first_month AND $last_month
)

SELECT
    found.table_name,
    chosen.outlet,
    found.article_id,
    found.start_char,
    found.end_char,
    found.said
FROM found
INNER JOIN chosen ON found.article_id = chosen.article_id
ORDER BY found.table_name, found.article_id, found.start_char, found.end_char
