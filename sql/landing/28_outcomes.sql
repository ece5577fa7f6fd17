-- purpose: record the outcomes
-- grain: one row per input in the run
-- key: run_id, input_ref
-- reads: recorded
-- writes: outcomes
INSERT INTO lake.main.outcomes BY NAME
SELECT * FROM recorded;
