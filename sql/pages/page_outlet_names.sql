-- purpose: the outlets that have articles
-- grain: one row per outlet
-- key: outlet
-- reads: articles
SELECT DISTINCT outlet
FROM articles
ORDER BY outlet ASC
