-- purpose: which number everyone prints after one source: many outlets, few sources behind them
-- grain: one row per question
-- key: question_id
-- reads: source_counts, stories
-- parameters:
--   limit integer = 20: rows at most
SELECT
    stories.title AS story_title,
    source_counts.thing,
    source_counts.outlet_count,
    source_counts.source_count,
    source_counts.article_count,
    source_counts.original_article_count,
    source_counts.sources,
    source_counts.agencies,
    source_counts.low,
    source_counts.high,
    source_counts.unit,
    source_counts.question_id,
    source_counts.story_id
FROM source_counts
INNER JOIN stories ON source_counts.story_id = stories.story_id
WHERE source_counts.source_count < source_counts.outlet_count
ORDER BY
    source_counts.outlet_count - source_counts.source_count DESC,
    source_counts.outlet_count DESC,
    source_counts.question_id ASC
LIMIT $limit
