-- purpose: how many inputs of a run have an outcome, and how many the run says it had
-- grain: one row
-- key: none
-- reads: outcomes, runs
-- parameters:
--   run_id text: the run
SELECT
    (
        SELECT count(*)
        FROM outcomes
        WHERE outcomes.run_id = $run_id
    ) AS outcome_count,
    (
        SELECT max(runs.input_count)
        FROM runs
        WHERE runs.run_id = $run_id
    ) AS input_count
