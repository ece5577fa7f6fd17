-- purpose: one story from its first article to its last
-- grain: one row per article
-- key: article_id
-- reads: story_timeline
-- parameters:
--   story_id text: the story, by the beginning of its id; biggest_stories lists stories
SELECT *
FROM story_timeline
WHERE story_id = $story_id
ORDER BY place ASC
