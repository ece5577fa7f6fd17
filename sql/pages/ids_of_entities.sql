-- purpose: ids of entities that begin so, to name one by the shortest unique prefix
-- grain: one row per id, three at most
-- key: id
-- reads: entities
-- parameters:
--   prefix text: how the id begins
SELECT entity_id AS id
FROM entities
WHERE starts_with(entity_id, $prefix)
-- an id that is a whole one is meant, also where a longer one begins so
ORDER BY id = $prefix DESC, id ASC
LIMIT 3
