-- purpose: a ratio is between 0 and 1
-- grain: one row per ratio that does not
-- key: table_name, row_key
-- reads: duplicates, story_articles, line_statistics
WITH ratios AS (
    SELECT
        'duplicates' AS table_name,
        article_id AS row_key,
        similarity_ratio AS ratio
    FROM duplicates
    UNION ALL
    SELECT
        'story_articles' AS table_name,
        article_id AS row_key,
        similarity_ratio AS ratio
    FROM story_articles
    UNION ALL
    SELECT
        'line_statistics' AS table_name,
        line_sha256 AS row_key,
        linked_ratio AS ratio
    FROM line_statistics
)

SELECT
    table_name,
    row_key,
    ratio
FROM ratios
WHERE ratio NOT BETWEEN 0 AND 1.000001
