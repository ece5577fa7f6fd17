-- purpose: numbers that look wrong, as printed, with the words around them
-- grain: one row per figure
-- key: article_id, start_char
-- reads: figures, articles
-- parameters:
--   outlet text = null: only this outlet
--   limit integer = 50: rows at most
SELECT
    articles.published_at,
    articles.outlet,
    figures.surface,
    figures.counted,
    figures.suspect_reason,
    figures.candidates,
    span_of(
        articles.body_text, greatest(figures.start_char - 60, 0), figures.end_char + 60
    ) AS around,
    articles.title,
    figures.article_id,
    figures.start_char,
    figures.end_char
FROM figures
INNER JOIN articles ON figures.article_id = articles.article_id AND figures.month = articles.month
WHERE figures.is_suspect AND ($outlet::VARCHAR IS NULL OR articles.outlet = $outlet)
ORDER BY articles.published_at DESC NULLS LAST, figures.article_id ASC, figures.start_char ASC
LIMIT $limit
