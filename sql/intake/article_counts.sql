-- purpose: how many articles each outlet has
-- grain: one row per outlet
-- key: outlet
-- reads: articles
SELECT
    outlet,
    count(*) AS article_count
FROM articles
GROUP BY outlet
ORDER BY outlet
