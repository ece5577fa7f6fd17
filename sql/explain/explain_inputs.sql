-- purpose: outcomes of an input without a capture, or of a file's records, what was refused first
-- grain: one row per input in a run
-- key: run_id, input_ref
-- reads: outcomes, runs
-- parameters:
--   asked text: the input as given, or its file
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
WHERE
    outcomes.input_ref = $asked
    OR starts_with(outcomes.input_ref, $asked || '#')
    OR starts_with(outcomes.input_ref, $asked || '@')
ORDER BY outcomes.outcome = 'accepted', outcomes.run_id, outcomes.input_ref
LIMIT 100
