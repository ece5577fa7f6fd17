-- purpose: the questions that the figures of a story answer, each outlet's reading in its sentence
-- grain: one row per reading of a question
-- key: question_id, article_id, start_char
-- reads: figure_comparison, figures_in_context
-- parameters:
--   story_ids texts = null: the stories
--   question_id text = null: only this question, or the questions whose id begins so
WITH asked AS (
    SELECT
        figure_comparison.*,
        substr(
            md5(
                concat_ws(
                    '|',
                    figure_comparison.story_id,
                    figure_comparison.thing,
                    figure_comparison.kind,
                    figure_comparison.unit
                )
            ),
            1,
            20
        ) AS question_id
    FROM figure_comparison
    WHERE $story_ids::VARCHAR[] IS NULL OR list_contains($story_ids, figure_comparison.story_id)
)

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
    NULL::VARCHAR AS number_source,
    asked.article_id,
    asked.start_char,
    asked.end_char,
    asked.published_at,
    figures_in_context.title,
    figures_in_context.marked,
    figures_in_context.link
FROM asked
INNER JOIN figures_in_context
    ON
        asked.article_id = figures_in_context.article_id
        AND asked.month = figures_in_context.month
        AND asked.start_char = figures_in_context.start_char
        AND asked.end_char = figures_in_context.end_char
WHERE $question_id::VARCHAR IS NULL OR starts_with(asked.question_id, $question_id)
ORDER BY
    asked.question_id ASC,
    asked.outlet ASC,
    asked.published_at ASC NULLS LAST,
    asked.article_id ASC,
    asked.start_char ASC
