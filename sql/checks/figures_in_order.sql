-- purpose: low, value and high of a figure are in order, and a figure that is not suspect says something
-- grain: one row per figure where they are not
-- key: article_id, start_char
-- reads: figures
SELECT
    article_id,
    start_char,
    surface,
    low,
    value AS reading,
    high
FROM figures
WHERE
    low > value
    OR value > high
    OR low > high
    OR (is_suspect AND suspect_reason IS NULL)
    OR (NOT is_suspect AND coalesce(value, low, high) IS NULL)
