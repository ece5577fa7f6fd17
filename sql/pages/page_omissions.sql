-- purpose: what each outlet of a story leaves out that most of the others have
-- grain: one row per outlet and thing left out
-- key: outlet, kind, item_id
-- reads: omissions
-- parameters:
--   story_id text: the story
SELECT
    outlet,
    kind,
    item,
    item_id,
    other_outlets
FROM omissions
WHERE story_id = $story_id
ORDER BY outlet ASC, kind DESC, other_outlet_count DESC, item ASC, item_id ASC
