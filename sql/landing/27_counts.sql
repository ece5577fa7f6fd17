-- purpose: how many inputs of the run have an outcome with this landing, and how many of them were accepted;
--   counted before they are written, because DuckLake opens every file of a table that was written to
-- grain: one row
-- key: none
-- reads: recorded, outcomes
-- gives: input_count, accepted_count
-- parameters:
--   run_id text: the run that lands
WITH told AS (
    SELECT outcome FROM recorded
    UNION ALL
    SELECT outcome FROM lake.main.outcomes
    WHERE run_id = $run_id
)

SELECT
    count(*) AS input_count,
    count(*) FILTER (WHERE outcome = 'accepted') AS accepted_count
FROM told
