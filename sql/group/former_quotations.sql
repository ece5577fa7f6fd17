-- purpose: the quotations that edits replaced
-- grain: one row per quotation and edit
-- key: capture_id, start_char, end_char
-- reads: former_quotations
-- parameters:
--   capture_ids texts: the captures of the edits
SELECT *
FROM former_quotations
WHERE list_contains($capture_ids, capture_id)
ORDER BY capture_id, start_char, end_char
