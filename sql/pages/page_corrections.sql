-- purpose: what people decided about a story and did not take back, the newest first
-- grain: one row per decision
-- key: correction_id
-- reads: story_corrections
-- parameters:
--   story_id text: the story
SELECT DISTINCT
    correction_id,
    kind,
    decided_at,
    decided_by,
    why
FROM story_corrections
WHERE
    undone_at IS NULL
    AND (story_id = $story_id OR from_story_id = $story_id)
ORDER BY decided_at DESC, correction_id ASC
