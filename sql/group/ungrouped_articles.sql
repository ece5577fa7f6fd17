-- purpose: articles that no story holds yet, those whose text a run changed, and the copies of these
-- grain: one row per article
-- key: article_id
-- reads: articles, story_articles, outcomes, duplicates
-- parameters:
--   run_id text: the run whose changed articles, and their copies, are compared again
--   first_month date = null: the first month that can hold such articles, see ungrouped_months
--   last_month date = null: the last one
WITH changed AS (
    SELECT article_id
    FROM outcomes
    WHERE run_id = $run_id AND reason = 'updated'
),

waiting AS (
    SELECT articles.article_id
    FROM articles
    ANTI JOIN story_articles
        ON
            articles.article_id = story_articles.article_id
            AND story_articles.month BETWEEN $first_month AND $last_month
    WHERE articles.month BETWEEN $first_month AND $last_month
    UNION
    SELECT article_id FROM changed
    UNION
    SELECT duplicates.article_id
    FROM duplicates
    INNER JOIN changed ON duplicates.original_article_id = changed.article_id
)

SELECT
    articles.article_id,
    articles.month,
    if(articles.published_source = 'guess', NULL, articles.published_at) AS published_at
FROM articles
INNER JOIN waiting ON articles.article_id = waiting.article_id
WHERE articles.month BETWEEN $first_month AND $last_month
ORDER BY published_at NULLS LAST, articles.article_id
