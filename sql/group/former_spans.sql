-- purpose: the figures or quotations that edits replaced
-- grain: one row per figure or quotation and edit
-- key: capture_id, start_char, end_char
-- reads: former_figures, former_quotations
-- parameters:
--   table text: former_figures or former_quotations
--   capture_ids texts: the captures of the edits
SELECT *
FROM query_table($table)
WHERE capture_id IN (SELECT unnest($capture_ids))
ORDER BY capture_id, start_char, end_char
