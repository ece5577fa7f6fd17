-- purpose: a backfill's chunks in their order of work
-- grain: one row per chunk
-- key: backfill_id, chunk_number
-- reads: backfill_chunks
-- parameters:
--   backfill_id text: its id
SELECT *
FROM backfill_chunks
WHERE backfill_id = $backfill_id
ORDER BY chunk_number
