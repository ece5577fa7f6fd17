-- purpose: the last runs
-- grain: one row per run
-- key: run_id
-- reads: runs
-- parameters:
--   limit integer = 10: how many
SELECT
    run_id,
    flow,
    state,
    started_at,
    round(seconds, 1) AS seconds,
    input_count,
    accepted_count,
    -- A lake that no command of this release has written to yet lacks the column.
    to_json(runs) ->> 'problem' AS problem
FROM runs
ORDER BY run_id DESC
LIMIT $limit
