-- purpose: numbers that look wrong, as printed, each in its sentence
-- grain: one row per figure
-- key: article_id, start_char
-- reads: figures_in_context, figures
-- parameters:
--   outlet text = null: only this outlet
--   limit integer = 50: rows at most
SELECT
    shown.published_at,
    shown.outlet,
    shown.surface,
    shown.counted,
    shown.suspect_reason,
    figures.candidates,
    shown.marked,
    shown.title,
    shown.link,
    shown.article_id,
    shown.start_char,
    shown.end_char
FROM figures_in_context AS shown
INNER JOIN figures
    ON
        shown.article_id = figures.article_id
        AND shown.start_char = figures.start_char
        AND shown.end_char = figures.end_char
        AND shown.month = figures.month
WHERE shown.is_suspect AND ($outlet::VARCHAR IS NULL OR shown.outlet = $outlet)
ORDER BY shown.published_at DESC NULLS LAST, shown.article_id ASC, shown.start_char ASC
LIMIT $limit
