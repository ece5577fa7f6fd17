-- purpose: how many of a load's stories have several articles that are all of one outlet, by outlet and
--   folder of the files
-- grain: one row per outlet and folder
-- key: outlet, folder_url
-- reads: articles, story_articles, stories
-- parameters:
--   run_id text: the load
WITH loaded AS (
    SELECT
        article_id,
        month,
        outlet,
        regexp_replace(url, '/[^/]*$', '') AS folder_url
    FROM articles
    WHERE run_id = $run_id AND starts_with(url, 'file:')
)

SELECT
    loaded.outlet,
    loaded.folder_url,
    count(DISTINCT stories.story_id) FILTER (
        WHERE stories.article_count > 1 AND stories.outlet_count = 1
    ) AS story_count
FROM loaded
INNER JOIN story_articles
    ON loaded.article_id = story_articles.article_id AND loaded.month = story_articles.month
INNER JOIN stories ON story_articles.story_id = stories.story_id
GROUP BY loaded.outlet, loaded.folder_url
ORDER BY loaded.outlet, loaded.folder_url
