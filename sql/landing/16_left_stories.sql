-- purpose: take the detached articles out of their stories
-- grain: one row per article
-- key: article_id
-- reads: detached
-- writes: story_articles
-- needs: detached
-- parameters:
--   first_month date = null: the first month of the articles met; a bound value keeps earlier files closed
--   last_month date = null: their last month
DELETE FROM lake.main.story_articles
WHERE
    month BETWEEN $first_month AND $last_month
    AND article_id IN (SELECT detached.article_id FROM detached);
