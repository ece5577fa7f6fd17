-- purpose: the questions that stories have already
-- grain: one row per question
-- key: question_id
-- reads: questions
-- parameters:
--   story_ids texts: the stories
SELECT question_id
FROM questions
WHERE list_contains($story_ids, story_id)
ORDER BY question_id
