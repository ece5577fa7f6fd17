-- purpose: ids of questions that begin so, to name one by the shortest unique prefix
-- grain: one row per id, three at most
-- key: id
-- reads: questions
-- parameters:
--   prefix text: how the id begins
SELECT question_id AS id
FROM questions
WHERE starts_with(question_id, $prefix)
-- an id that is a whole one is meant, also where a longer one begins so
ORDER BY id = $prefix DESC, id ASC
LIMIT 3
