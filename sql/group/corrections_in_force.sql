-- purpose: what people decided about stories and did not take back
-- grain: one row per decision and article
-- key: correction_id, article_id
-- reads: story_corrections
SELECT *
FROM story_corrections
WHERE undone_at IS NULL
ORDER BY decided_at, correction_id, article_id
