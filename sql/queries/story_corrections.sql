-- purpose: what people decided about stories: who split or merged them, when and why, the newest first
-- grain: one row per decision
-- key: correction_id
-- reads: story_corrections
-- parameters:
--   story_id text = null: only decisions about this story, by the beginning of its id
SELECT
    correction_id,
    kind,
    decided_at,
    decided_by,
    why,
    count(*) AS article_count,
    count(*) FILTER (WHERE story_id != from_story_id) AS moved_count,
    list(DISTINCT from_story_id ORDER BY from_story_id) AS from_story_ids,
    list(DISTINCT story_id ORDER BY story_id) AS story_ids,
    undone_at,
    undone_by
FROM story_corrections
WHERE
    $story_id IS NULL
    OR correction_id IN (
        SELECT named.correction_id
        FROM story_corrections AS named
        WHERE named.story_id = $story_id OR named.from_story_id = $story_id
    )
GROUP BY ALL
ORDER BY decided_at DESC, correction_id ASC
