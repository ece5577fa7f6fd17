-- purpose: the rows of decisions about stories
-- grain: one row per decision and article
-- key: correction_id, article_id
-- reads: story_corrections
-- parameters:
--   ids texts: correction_ids
SELECT *
FROM story_corrections
WHERE correction_id IN (SELECT unnest($ids))
ORDER BY correction_id, article_id
