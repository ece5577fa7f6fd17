-- purpose: answers that changed since a time: what a report says, and what the report before it said
-- grain: one row per reading
-- key: article_id, start_char, end_char
-- reads: question_history, articles
-- parameters:
--   since timestamp = null: changes since then (UTC); half a day before the last article when not said
--   limit integer = 50: rows at most
WITH asked AS (
    SELECT
        coalesce(
            $since::TIMESTAMPTZ, (SELECT max(articles.published_at) FROM articles) - INTERVAL 12 HOUR
        ) AS since
)

SELECT
    question_history.thing,
    question_history.previous_surface,
    question_history.previous_outlet,
    question_history.surface,
    question_history.outlet,
    question_history.published_at,
    question_history.verdict,
    question_history.source,
    question_history.sentence,
    question_history.story_id,
    question_history.question_id,
    question_history.article_id,
    question_history.start_char,
    question_history.end_char
FROM question_history
INNER JOIN asked ON question_history.published_at >= asked.since
WHERE question_history.is_changed
ORDER BY
    question_history.published_at DESC,
    question_history.question_id ASC,
    question_history.start_char ASC,
    question_history.end_char ASC
LIMIT $limit
