-- purpose: the figures that edits replaced
-- grain: one row per figure and edit
-- key: capture_id, start_char, end_char
-- reads: former_figures
-- parameters:
--   capture_ids texts: the captures of the edits
SELECT *
FROM former_figures
WHERE list_contains($capture_ids, capture_id)
ORDER BY capture_id, start_char, end_char
