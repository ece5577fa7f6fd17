-- purpose: how many inputs of a run have an outcome, and how many of them were accepted
-- grain: one row
-- key: none
-- reads: outcomes
-- parameters:
--   run_id text: the run
SELECT
    count(*) AS input_count,
    count(*) FILTER (WHERE outcome = 'accepted') AS accepted_count
FROM lake.main.outcomes
WHERE run_id = $run_id
