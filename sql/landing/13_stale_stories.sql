-- purpose: mark the stories of articles whose figures changed or go: their questions are made again
-- grain: one row per story
-- key: story_id
-- reads: gone, story_articles
-- writes: stories
-- needs: gone
-- parameters:
--   first_month date = null: the first month of the articles met; a bound value keeps earlier files closed
--   last_month date = null: their last month
UPDATE lake.main.stories
SET has_stale_questions = TRUE
WHERE story_id IN (
    SELECT member.story_id
    FROM lake.main.story_articles AS member
    INNER JOIN gone ON member.article_id = gone.article_id
    WHERE member.month BETWEEN $first_month AND $last_month
);
