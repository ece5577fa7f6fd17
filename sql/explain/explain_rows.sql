-- purpose: how many rows an article has in each table
-- grain: one row per table that has any
-- key: table_name
-- reads: removed_lines, sentences, mentions, figures, dates, quotations, duplicates, story_articles
-- parameters:
--   article_id text: the article
WITH found AS (
    SELECT 'removed_lines' AS table_name FROM removed_lines
    WHERE article_id = $article_id
    UNION ALL
    SELECT 'sentences' AS table_name FROM sentences
    WHERE article_id = $article_id
    UNION ALL
    SELECT 'mentions' AS table_name FROM mentions
    WHERE article_id = $article_id
    UNION ALL
    SELECT 'figures' AS table_name FROM figures
    WHERE article_id = $article_id
    UNION ALL
    SELECT 'dates' AS table_name FROM dates
    WHERE article_id = $article_id
    UNION ALL
    SELECT 'quotations' AS table_name FROM quotations
    WHERE article_id = $article_id
    UNION ALL
    SELECT 'duplicates' AS table_name FROM duplicates
    WHERE article_id = $article_id
    UNION ALL
    SELECT 'story_articles' AS table_name FROM story_articles
    WHERE article_id = $article_id
)

SELECT
    table_name,
    count(*) AS row_count
FROM found
GROUP BY table_name
ORDER BY table_name
