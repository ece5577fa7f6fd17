-- purpose: one backfill
-- grain: one row per backfill
-- key: backfill_id
-- reads: backfills
-- parameters:
--   backfill_id text: its id
SELECT *
FROM backfills
WHERE backfill_id = $backfill_id
