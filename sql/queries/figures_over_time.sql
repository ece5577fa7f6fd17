-- purpose: what is said of a thing's number or amount, day by day
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures_over_time, figures_in_context
-- parameters:
--   counted text: what is counted, costs or lasts, or words of the question, e.g. troops
--   unit text = null: only this unit, e.g. EUR or km
--   outlet text = null: only this outlet
--   limit integer = 100: rows at most
WITH asked AS (
    SELECT *
    FROM figures_over_time
    WHERE
        (
            thing = lower($counted)
            OR contains(lower(counted), lower($counted))
            OR contains(lower(measured), lower($counted))
            OR contains(lower(question), lower($counted))
        )
        AND ($unit::VARCHAR IS NULL OR unit = $unit)
        AND ($outlet::VARCHAR IS NULL OR outlet = $outlet)
)

SELECT
    asked.published_at,
    asked.outlet,
    asked.surface,
    asked.question,
    asked.counted,
    asked.measured,
    asked.bound,
    asked.value AS reading,
    asked.low,
    asked.high,
    asked.unit,
    asked.verdict,
    asked.is_suspect,
    shown.marked,
    asked.title,
    shown.link,
    asked.question_id,
    asked.article_id,
    asked.start_char,
    asked.end_char
FROM asked
LEFT JOIN figures_in_context AS shown
    ON
        asked.article_id = shown.article_id
        AND asked.start_char = shown.start_char
        AND asked.end_char = shown.end_char
ORDER BY
    asked.published_at ASC NULLS LAST,
    asked.article_id ASC,
    asked.start_char ASC,
    asked.end_char ASC
LIMIT $limit
