-- purpose: what outlets dispute in the reports of a day, those with most outlets first
-- grain: one row per question
-- key: question_id
-- reads: disputed_questions, articles
-- parameters:
--   day date = null: a day (UTC); the last one that has an article when not said
--   limit integer = 20: rows at most
WITH asked AS (
    SELECT coalesce($day::DATE, (SELECT max(articles.published_at)::DATE FROM articles)) AS asked_day
)

SELECT disputed_questions.*
FROM disputed_questions
INNER JOIN asked
    ON
        disputed_questions.first_published_at < asked.asked_day + INTERVAL 1 DAY
        AND disputed_questions.last_published_at >= asked.asked_day
ORDER BY
    disputed_questions.outlet_count DESC,
    disputed_questions.source_count DESC,
    disputed_questions.question_id ASC
LIMIT $limit
