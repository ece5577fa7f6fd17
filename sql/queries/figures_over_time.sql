-- purpose: what is said of the number of a thing, day by day
-- grain: one row per reading
-- key: article_id, start_char
-- reads: figure_readings, articles
-- parameters:
--   counted text: what is counted, e.g. troops
--   unit text = null: only this unit, e.g. EUR or km
--   outlet text = null: only this outlet
--   limit integer = 100: rows at most
SELECT
    figure_readings.published_at,
    figure_readings.outlet,
    figure_readings.surface,
    figure_readings.counted,
    figure_readings.bound,
    figure_readings.value AS reading,
    figure_readings.low,
    figure_readings.high,
    figure_readings.unit,
    figure_readings.is_suspect,
    articles.title,
    figure_readings.article_id,
    figure_readings.start_char,
    figure_readings.end_char
FROM figure_readings
INNER JOIN articles
    ON figure_readings.article_id = articles.article_id AND figure_readings.month = articles.month
WHERE
    (
        figure_readings.thing = lower($counted)
        OR contains(lower(figure_readings.counted), lower($counted))
    )
    AND ($unit::VARCHAR IS NULL OR figure_readings.unit = $unit)
    AND ($outlet::VARCHAR IS NULL OR figure_readings.outlet = $outlet)
ORDER BY
    figure_readings.published_at ASC NULLS LAST,
    figure_readings.article_id ASC,
    figure_readings.start_char ASC
LIMIT $limit
