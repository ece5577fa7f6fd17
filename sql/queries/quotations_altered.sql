-- purpose: the same words printed differently by two outlets of a story
-- grain: one row per pair of quotations
-- key: story_id, article_id, start_char, other_article_id, other_start_char
-- reads: quotation_comparison
-- parameters:
--   story_id text = null: only this story
--   limit integer = 50: rows at most
SELECT
    * EXCLUDE (story_id),
    story_id
FROM quotation_comparison
WHERE
    (verdict <> 'same' OR NOT is_same_speaker)
    AND ($story_id::VARCHAR IS NULL OR story_id = $story_id)
ORDER BY story_id ASC, similarity_ratio ASC, article_id ASC, start_char ASC, other_article_id ASC
LIMIT $limit
