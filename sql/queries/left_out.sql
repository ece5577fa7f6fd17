-- purpose: what an outlet leaves out that most others of the story have, the most widely reported first
-- grain: one row per story, outlet and thing left out
-- key: story_id, outlet, kind, item_id
-- reads: omissions
-- parameters:
--   outlet text = null: only this outlet
--   story_id text = null: only this story
--   limit integer = 50: rows at most
SELECT
    * EXCLUDE (story_id, item_id),
    story_id,
    item_id
FROM omissions
WHERE
    ($outlet::VARCHAR IS NULL OR outlet = $outlet)
    AND ($story_id::VARCHAR IS NULL OR story_id = $story_id)
ORDER BY other_outlet_count DESC, story_id ASC, outlet ASC, kind DESC, item ASC, item_id ASC
LIMIT $limit
