-- purpose: stories of which an article changed since their questions were asked
-- grain: one row per story
-- key: story_id
-- reads: stories
SELECT * FROM stories
WHERE has_stale_questions
ORDER BY story_id
