-- purpose: ids of corrections of stories that begin so, to name one by the shortest unique prefix
-- grain: one row per id, three at most
-- key: id
-- reads: story_corrections
-- parameters:
--   prefix text: how the id begins
SELECT DISTINCT correction_id AS id
FROM story_corrections
WHERE starts_with(correction_id, $prefix)
-- an id that is a whole one is meant, also where a longer one begins so
ORDER BY id = $prefix DESC, id ASC
LIMIT 3
