-- purpose: ids of stories that begin so, to name one by the shortest unique prefix
-- grain: one row per id, three at most
-- key: id
-- reads: stories
-- parameters:
--   prefix text: how the id begins
SELECT story_id AS id
FROM stories
WHERE starts_with(story_id, $prefix)
-- an id that is a whole one is meant, also where a longer one begins so
ORDER BY id = $prefix DESC, id ASC
LIMIT 3
