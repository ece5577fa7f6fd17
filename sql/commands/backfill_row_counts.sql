-- purpose: how many rows of each table the articles have that were made of these captures or are these
-- grain: one row per outlet and table that has any
-- key: outlet, table_name
-- reads: articles, removed_lines, sentences, mentions, figures, dates, quotations
-- parameters:
--   ids texts: capture_ids or article_ids
WITH chosen AS (
    SELECT
        articles.article_id,
        articles.outlet
    FROM articles
    WHERE list_contains($ids, articles.capture_id) OR list_contains($ids, articles.article_id)
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
    UNION ALL
    SELECT
        article_id,
        'sentences' AS table_name
    FROM sentences
    UNION ALL
    SELECT
        article_id,
        'mentions' AS table_name
    FROM mentions
    UNION ALL
    SELECT
        article_id,
        'figures' AS table_name
    FROM figures
    UNION ALL
    SELECT
        article_id,
        'dates' AS table_name
    FROM dates
    UNION ALL
    SELECT
        article_id,
        'quotations' AS table_name
    FROM quotations
)

SELECT
    chosen.outlet,
    counted.table_name,
    count(*) AS row_count
FROM counted
INNER JOIN chosen ON counted.article_id = chosen.article_id
GROUP BY chosen.outlet, counted.table_name
ORDER BY chosen.outlet, counted.table_name
