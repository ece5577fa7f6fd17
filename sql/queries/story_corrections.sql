-- purpose: what people decided about stories: who split or merged them, when and why, the newest first
-- grain: one row per decision
-- key: correction_id
-- reads: story_corrections, articles
-- parameters:
--   story_id text = null: only decisions about this story, by the beginning of its id
SELECT
    story_corrections.correction_id,
    story_corrections.kind,
    story_corrections.decided_at,
    story_corrections.decided_by,
    story_corrections.why,
    count(*) AS article_count,
    count(*) FILTER (WHERE story_corrections.story_id != story_corrections.from_story_id) AS moved_count,
    -- not in the lake: removed, loaded under another id, or not loaded yet after an import. The decision
    -- does not hold for them. An article that gets another id from its own capture is followed
    count(*) FILTER (WHERE articles.article_id IS NULL) AS missing_count,
    list(DISTINCT story_corrections.from_story_id ORDER BY story_corrections.from_story_id) AS from_story_ids,
    list(DISTINCT story_corrections.story_id ORDER BY story_corrections.story_id) AS story_ids,
    story_corrections.undone_at,
    story_corrections.undone_by
FROM story_corrections
LEFT JOIN articles ON story_corrections.article_id = articles.article_id
WHERE
    $story_id IS NULL
    OR story_corrections.correction_id IN (
        SELECT named.correction_id
        FROM story_corrections AS named
        WHERE named.story_id = $story_id OR named.from_story_id = $story_id
    )
GROUP BY ALL
ORDER BY story_corrections.decided_at DESC, story_corrections.correction_id ASC
