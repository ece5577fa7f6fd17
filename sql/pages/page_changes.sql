-- purpose: numbers and quotations that outlets changed after publication, latest edit first; of an excerpt
-- grain: one row per change
-- key: kind, capture_id, change_number
-- reads: figures_changed, quotations_changed
-- parameters:
--   story_id text = null: of the articles of this story
--   article_ids texts = null: or of these articles
WITH changes AS (
    SELECT
        'number' AS changed,
        figures_changed.*
    FROM figures_changed
    UNION ALL BY NAME
    SELECT
        'quotation' AS changed,
        quotations_changed.*
    FROM quotations_changed
)

SELECT
    changed AS kind,
    outlet,
    article_id,
    change,
    thing,
    printed_before,
    printed_after,
    before_speaker,
    speaker,
    before_sentence,
    sentence,
    before_fetched_at,
    fetched_at,
    start_char
FROM changes
WHERE
    ($story_id::VARCHAR IS NULL OR story_id = $story_id)
    AND ($article_ids::VARCHAR[] IS NULL OR list_contains($article_ids, article_id))
ORDER BY
    fetched_at DESC, article_id ASC, changed ASC, capture_id ASC, change_number ASC
