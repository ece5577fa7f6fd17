-- purpose: the questions that the figures of a story answer, each outlet's reading in its sentence
-- grain: one row per reading of a question that two outlets or more answer, or of the one requested question
-- key: question_id, article_id, start_char
-- reads: question_readings, figures_in_context
-- parameters:
--   story_ids texts = null: the stories
--   question_id text = null: only this question
SELECT
    asked.question_id,
    asked.story_id,
    asked.thing AS question_label,
    asked.kind,
    asked.unit,
    asked.thing_verdict AS question_verdict,
    asked.outlet,
    asked.surface,
    asked.bound,
    asked.low,
    asked.high,
    asked.verdict,
    asked.suspect_reason,
    asked.is_copy,
    asked.source AS number_source,
    asked.article_id,
    asked.start_char,
    asked.end_char,
    asked.published_at,
    figures_in_context.title,
    figures_in_context.marked,
    figures_in_context.link
FROM question_readings AS asked
INNER JOIN figures_in_context
    ON
        asked.article_id = figures_in_context.article_id
        AND asked.month = figures_in_context.month
        AND asked.start_char = figures_in_context.start_char
        AND asked.end_char = figures_in_context.end_char
WHERE
    (asked.outlet_count > 1 OR $question_id::VARCHAR IS NOT NULL)
    AND ($story_ids::VARCHAR[] IS NULL OR list_contains($story_ids, asked.story_id))
    AND ($question_id::VARCHAR IS NULL OR asked.question_id = $question_id)
ORDER BY
    asked.question_id ASC,
    asked.outlet ASC,
    asked.published_at ASC NULLS LAST,
    asked.article_id ASC,
    asked.start_char ASC
