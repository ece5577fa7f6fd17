-- purpose: ids of articles that begin so, to name one by the shortest unique prefix
-- grain: one row per id, three at most
-- key: id
-- reads: articles
-- parameters:
--   prefix text: how the id begins, or the address
SELECT article_id AS id
FROM articles
WHERE starts_with(article_id, $prefix) OR url = $prefix OR canonical_url = $prefix
-- an id that is a whole one is meant, also where a longer one begins so
ORDER BY id = $prefix DESC, id ASC
LIMIT 3
