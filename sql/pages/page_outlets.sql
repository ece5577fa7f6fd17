-- purpose: how each outlet does
-- grain: one row per outlet
-- key: outlet
-- reads: outlet_health
SELECT
    outlet,
    last_fetched_at,
    last_published_at,
    article_count,
    input_count,
    accepted_count,
    rejected_count,
    quarantined_count,
    commonest_rejection,
    removed_ratio,
    suspect_figure_ratio,
    undated_ratio,
    truncated_ratio,
    feed_count,
    feed_problems
FROM outlet_health
ORDER BY outlet ASC
