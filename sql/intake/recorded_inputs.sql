-- purpose: inputs whose outcomes the lake has recorded in these runs
-- grain: one row per input and run
-- key: run_id, input_ref
-- reads: outcomes
-- parameters:
--   run_ids texts: the runs
SELECT
    run_id,
    input_ref,
    capture_id
FROM outcomes
WHERE run_id IN (SELECT unnest($run_ids))
