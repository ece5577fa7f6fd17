-- purpose: an accepted input names its article
-- grain: one row per accepted outcome without one
-- key: run_id, input_ref
-- reads: outcomes
SELECT
    run_id,
    input_ref,
    outcome,
    reason
FROM outcomes
WHERE
    outcome = 'accepted'
    AND (article_id IS NULL OR capture_id IS NULL OR reason NOT IN ('new', 'updated', 'reprocessed'))
