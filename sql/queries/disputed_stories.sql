-- purpose: stories whose outlets print figures that cannot all be true
-- grain: one row per question in dispute
-- key: question_id
-- reads: disputed_questions
-- parameters:
--   limit integer = 20: rows at most
SELECT
    story_title AS title,
    thing,
    verdict,
    outlet_count,
    low AS lowest,
    high AS highest,
    readings,
    kind,
    unit,
    question_id,
    story_id
FROM disputed_questions
ORDER BY outlet_count DESC, story_id ASC, question_id ASC
LIMIT $limit
