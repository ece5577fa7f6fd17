-- purpose: ids that begin so, to name a story, article, entity or question by the shortest unique prefix
-- grain: one row per id, three at most
-- key: id
-- reads: stories, articles, entities, questions
-- parameters:
--   kind text: story, article, entity or question
--   prefix text: how the id begins
WITH known AS (
    SELECT story_id AS id
    FROM stories
    WHERE $kind = 'story' AND starts_with(story_id, $prefix)
    UNION
    SELECT article_id AS id
    FROM articles
    WHERE $kind = 'article' AND (starts_with(article_id, $prefix) OR url = $prefix OR canonical_url = $prefix)
    UNION
    SELECT entity_id AS id
    FROM entities
    WHERE $kind = 'entity' AND starts_with(entity_id, $prefix)
    UNION
    SELECT question_id AS id
    FROM questions
    WHERE $kind = 'question' AND starts_with(question_id, $prefix)
)

SELECT id
FROM known
-- an id that is a whole one is meant, also where a longer one begins so
ORDER BY id = $prefix DESC, id ASC
LIMIT 3
