-- purpose: rows of these articles, or of the articles of these captures, by table
-- grain: one row per outlet and table that has any
-- key: outlet, table_name
-- reads: articles, removed_lines, sentences, mentions, figures, dates, quotations, duplicates, story_articles
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
        outlet
    FROM articles
    WHERE
        month BETWEEN $first_month AND $last_month
        AND (
            article_id IN (SELECT asked.item_id FROM asked)
            OR capture_id IN (SELECT asked.item_id FROM asked)
        )
),

counted AS (
    SELECT
        article_id,
        'articles' AS table_name
    FROM chosen
    UNION ALL
    SELECT
        article_id,
        'removed_lines' AS table_name
    FROM removed_lines
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        article_id,
        'sentences' AS table_name
    FROM sentences
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        article_id,
        'mentions' AS table_name
    FROM mentions
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        article_id,
        'figures' AS table_name
    FROM figures
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        article_id,
        'dates' AS table_name
    FROM dates
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        article_id,
        'quotations' AS table_name
    FROM quotations
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        article_id,
        'duplicates' AS table_name
    FROM duplicates
    WHERE month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        article_id,
        'story_articles' AS table_name
    FROM story_articles
    WHERE month BETWEEN $first_month AND $last_month
)

SELECT
    chosen.outlet,
    counted.table_name,
    count(*) AS row_count
FROM counted
INNER JOIN chosen ON counted.article_id = chosen.article_id
GROUP BY chosen.outlet, counted.table_name
ORDER BY chosen.outlet, counted.table_name
