-- purpose: dead and injured as each outlet prints them, each number in its sentence
-- grain: one row per figure
-- key: article_id, start_char, end_char
-- reads: figures_in_context
-- parameters:
--   outlet text = null: only this outlet
--   since date = null: only articles published on this day or later
--   limit integer = 100: rows at most
WITH told AS (
    SELECT
        figures_in_context.*,
        concat_ws(' ', lower(figures_in_context.counted), figures_in_context.predicate) AS words
    FROM figures_in_context
    WHERE figures_in_context.kind = 'count'
)

SELECT
    outlet,
    CASE
        WHEN regexp_matches(words, '\b(kill|die|dead|death|deaths|fatalit|bodies)') THEN 'dead'
        ELSE 'injured'
    END AS what,
    surface,
    coalesce(low, value) AS low,
    coalesce(high, value) AS high,
    bound,
    attributed_to,
    marked,
    published_at,
    title,
    link,
    article_id,
    start_char,
    end_char
FROM told
WHERE
    regexp_matches(words, '\b(kill|die|dead|death|deaths|fatalit|bodies|injur|wound|hurt|casualt)')
    AND ($outlet::VARCHAR IS NULL OR outlet = $outlet)
    AND ($since::DATE IS NULL OR published_at >= $since::DATE)
ORDER BY what ASC, outlet ASC, published_at ASC NULLS LAST, article_id ASC, start_char ASC
LIMIT $limit
