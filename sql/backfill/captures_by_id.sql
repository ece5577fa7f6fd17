-- purpose: captures with all their columns, newest first
-- grain: one row per capture
-- key: capture_id
-- reads: captures
-- parameters:
--   ids texts: their capture_ids
WITH asked AS (
    SELECT unnest($ids) AS capture_id
)

SELECT captures.*
FROM captures
INNER JOIN asked ON captures.capture_id = asked.capture_id
ORDER BY captures.fetched_at DESC, captures.capture_id ASC
