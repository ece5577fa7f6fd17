-- purpose: what is said of a thing's number or amount, day by day
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures_over_time
-- parameters:
--   counted text: what is counted, costs or lasts, or words of the question, e.g. troops
--   unit text = null: only this unit, e.g. EUR or km
--   outlet text = null: only this outlet
--   limit integer = 100: rows at most
SELECT
    published_at,
    outlet,
    surface,
    question,
    counted,
    measured,
    bound,
    value AS reading,
    low,
    high,
    unit,
    verdict,
    is_suspect,
    title,
    question_id,
    article_id,
    start_char,
    end_char
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
ORDER BY
    published_at ASC NULLS LAST,
    article_id ASC,
    start_char ASC,
    end_char ASC
LIMIT $limit
