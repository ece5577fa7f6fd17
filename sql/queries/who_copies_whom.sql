-- purpose: which outlets print other outlets' texts
-- grain: one row per pair of outlets
-- key: outlet, original_outlet
-- reads: duplicates, articles
SELECT
    copies.outlet,
    originals.outlet AS original_outlet,
    count(*) AS copy_count,
    count(*) FILTER (WHERE duplicates.relation = 'exact') AS exact_count,
    avg(duplicates.similarity_ratio) AS mean_similarity_ratio,
    median(date_diff('minute', originals.published_at, copies.published_at)) AS median_delay_minutes
FROM duplicates
INNER JOIN articles AS copies
    ON duplicates.article_id = copies.article_id AND duplicates.month = copies.month
INNER JOIN articles AS originals ON duplicates.original_article_id = originals.article_id
GROUP BY copies.outlet, originals.outlet
ORDER BY copy_count DESC, copies.outlet ASC, original_outlet ASC
