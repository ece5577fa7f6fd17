-- purpose: stories whose outlets print figures that cannot all be true
-- grain: one row per story and thing in dispute
-- key: story_id, thing, kind, unit
-- reads: figure_comparison, stories
-- parameters:
--   limit integer = 20: rows at most
SELECT
    stories.title,
    figure_comparison.thing,
    count(DISTINCT figure_comparison.outlet) AS outlet_count,
    min(figure_comparison.low) AS lowest,
    max(figure_comparison.high) AS highest,
    list_sort(list_distinct(list(figure_comparison.outlet || ': ' || figure_comparison.surface))) AS readings,
    figure_comparison.kind,
    figure_comparison.unit,
    figure_comparison.story_id
FROM figure_comparison
INNER JOIN stories ON figure_comparison.story_id = stories.story_id
WHERE figure_comparison.thing_verdict IN ('conflict', 'suspect')
GROUP BY
    stories.title,
    figure_comparison.thing,
    figure_comparison.kind,
    figure_comparison.unit,
    figure_comparison.story_id
ORDER BY outlet_count DESC, figure_comparison.story_id ASC, figure_comparison.thing ASC
LIMIT $limit
