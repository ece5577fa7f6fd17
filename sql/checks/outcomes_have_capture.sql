-- purpose: a capture named by an outcome is there
-- grain: one row per outcome without it
-- key: run_id, input_ref
-- reads: outcomes, captures
SELECT
    outcomes.run_id,
    outcomes.input_ref,
    outcomes.capture_id
FROM outcomes
ANTI JOIN captures ON outcomes.capture_id = captures.capture_id
WHERE outcomes.capture_id IS NOT NULL
