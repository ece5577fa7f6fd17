-- purpose: outcomes of an article's captures, run by run
-- grain: one row per input in a run
-- key: run_id, input_ref
-- reads: outcomes, runs
-- parameters:
--   capture_ids texts: the captures
SELECT
    outcomes.run_id,
    runs.flow,
    runs.started_at,
    outcomes.input_ref,
    outcomes.outcome,
    outcomes.reason,
    outcomes.stage,
    outcomes.detail
FROM outcomes
LEFT JOIN runs ON outcomes.run_id = runs.run_id
WHERE outcomes.capture_id IN (SELECT unnest($capture_ids))
ORDER BY outcomes.run_id, outcomes.input_ref
