-- purpose: every backfill and its progress
-- grain: one row per backfill, newest first
-- key: backfill_id
-- reads: backfills, backfill_chunks
SELECT
    backfills.backfill_id,
    backfills.stage,
    backfills.state,
    backfills.created_at,
    backfills.item_count,
    count(*) FILTER (WHERE backfill_chunks.state = 'done') AS done_chunks,
    backfills.chunk_count
FROM backfills
LEFT JOIN backfill_chunks ON backfills.backfill_id = backfill_chunks.backfill_id
GROUP BY ALL
ORDER BY backfills.backfill_id DESC
