-- purpose: questions by their ids
-- grain: one row per question
-- key: question_id
-- reads: questions
-- parameters:
--   ids texts: the questions
SELECT
    question_id,
    label,
    kind,
    unit,
    verdict,
    outlet_count,
    source_count,
    low,
    high,
    story_id
FROM questions
WHERE question_id IN (SELECT unnest($ids))
ORDER BY question_id
