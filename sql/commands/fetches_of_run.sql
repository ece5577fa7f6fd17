-- purpose: what a run asked of each outlet's hosts, and what came of it
-- grain: one row per outlet and host
-- key: outlet, host
-- reads: fetches
-- parameters:
--   run_id text: the run
SELECT * EXCLUDE (run_id)
FROM fetches
WHERE run_id = $run_id
ORDER BY outlet, host
