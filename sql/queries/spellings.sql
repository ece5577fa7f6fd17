-- purpose: persons whose names the outlets of a story spell differently
-- grain: one row per story, person, spelling and outlet
-- key: story_id, person, spelling, outlet
-- reads: name_comparison
-- parameters:
--   story_id text = null: only this story
--   limit integer = 50: rows at most
SELECT
    * EXCLUDE (story_id),
    story_id
FROM name_comparison
WHERE
    spelling_count > 1
    AND ($story_id::VARCHAR IS NULL OR story_id = $story_id)
ORDER BY story_id ASC, person ASC, is_usual DESC, spelling ASC, outlet ASC
LIMIT $limit
