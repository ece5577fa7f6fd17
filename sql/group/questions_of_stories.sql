-- purpose: the questions that stories have already
-- grain: one row per question
-- key: question_id
-- reads: questions
-- parameters:
--   story_ids texts: the stories
SELECT question_id
FROM questions
WHERE story_id IN (SELECT unnest($story_ids))
ORDER BY question_id
