-- purpose: quotations changed after publication: the words and the speaker before and now, newest first
-- grain: one row per change
-- key: capture_id, change_number
-- reads: quotations_changed
-- parameters:
--   since timestamp = null: only edits fetched since then (UTC)
--   outlet text = null: only this outlet
--   all_changes boolean = false: quotations that were only added or removed as well
--   limit integer = 50: rows at most
SELECT *
FROM quotations_changed
WHERE
    (change NOT IN ('added', 'removed') OR $all_changes)
    AND ($since::TIMESTAMPTZ IS NULL OR fetched_at >= $since::TIMESTAMPTZ)
    AND ($outlet::VARCHAR IS NULL OR outlet = $outlet)
ORDER BY fetched_at DESC, capture_id ASC, change_number ASC
LIMIT $limit
