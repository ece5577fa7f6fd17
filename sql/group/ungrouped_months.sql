-- purpose: the first and the last month that can hold an article that no story holds, one that a run
--   wrote, or a copy of one that it changed
-- grain: one row
-- key: none
-- reads: articles, story_articles, outcomes, duplicates
-- parameters:
--   run_id text: the run whose articles are looked at in any case
WITH changed AS (
    SELECT article_id
    FROM outcomes
    WHERE run_id = $run_id AND reason = 'updated'
),

held AS (
    SELECT
        month,
        count(*) AS article_count
    FROM articles
    GROUP BY month
),

grouped AS (
    SELECT
        month,
        count(*) AS article_count
    FROM story_articles
    GROUP BY month
),

-- months are counted, ids are not compared: a row of story_articles has the month of its article
touched AS (
    SELECT held.month
    FROM held
    LEFT JOIN grouped ON held.month = grouped.month
    WHERE held.article_count IS DISTINCT FROM grouped.article_count
    UNION
    SELECT month
    FROM articles
    WHERE run_id = $run_id
    UNION
    SELECT duplicates.month
    FROM duplicates
    INNER JOIN changed ON duplicates.original_article_id = changed.article_id
)

SELECT
    min(month) AS first_month,
    max(month) AS last_month
FROM touched
