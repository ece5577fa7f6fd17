-- purpose: the stories that lose an article
-- grain: one row per story
-- key: story_id
-- reads: detached, story_articles
-- makes: shrunk_stories
-- needs: detached
-- parameters:
--   first_month date = null: the first month of the articles met; a bound value keeps earlier files closed
--   last_month date = null: their last month
CREATE OR REPLACE TEMP TABLE shrunk_stories AS
SELECT DISTINCT member.story_id
FROM lake.main.story_articles AS member
WHERE
    member.month BETWEEN $first_month AND $last_month
    AND member.article_id IN (SELECT detached.article_id FROM detached);
