-- purpose: how long an input took in past runs, for estimates
-- grain: one row
-- key: none
-- reads: runs
SELECT sum(seconds) / nullif(sum(input_count), 0) AS seconds_per_input
FROM runs
WHERE state = 'completed' AND accepted_count > 0
