-- purpose: the stories that most outlets tell
-- grain: one row per story
-- key: story_id
-- reads: stories, story_timeline
-- parameters:
--   since date = null: only stories still told on this day or later
--   limit integer = 20: rows at most
SELECT
    stories.title,
    stories.article_count,
    stories.outlet_count,
    stories.first_published_at,
    date_diff('hour', stories.first_published_at, stories.last_published_at) AS told_for_hours,
    first(story_timeline.outlet ORDER BY story_timeline.place) AS first_outlet,
    count(*) FILTER (WHERE story_timeline.original_article_id IS NOT NULL) AS copy_count,
    stories.story_id
FROM stories
INNER JOIN story_timeline ON stories.story_id = story_timeline.story_id
WHERE $since::DATE IS NULL OR stories.last_published_at >= $since::DATE
GROUP BY ALL
ORDER BY stories.outlet_count DESC, stories.article_count DESC, stories.story_id ASC
LIMIT $limit
