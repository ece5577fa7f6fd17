-- purpose: stories with an article that changed after their questions were made
-- grain: one row per story
-- key: story_id
-- reads: stories
SELECT * FROM stories
WHERE has_stale_questions
ORDER BY story_id
