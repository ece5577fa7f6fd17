-- purpose: in which languages the articles of a load are
-- grain: one row per language
-- key: language
-- reads: articles
-- parameters:
--   run_id text: the load
SELECT
    language,
    count(*) AS article_count
FROM articles
WHERE run_id = $run_id AND language IS NOT NULL
GROUP BY language
ORDER BY article_count DESC, language ASC
