-- purpose: an article's captures, oldest first
-- grain: one row per capture
-- key: capture_id
-- reads: captures
-- parameters:
--   capture_ids texts: the captures
SELECT
    capture_id,
    fetched_at,
    url,
    kind,
    status_code,
    byte_count,
    warc_file,
    warc_offset
FROM captures
WHERE capture_id IN (SELECT unnest($capture_ids))
ORDER BY fetched_at, capture_id
