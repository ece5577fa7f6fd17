-- purpose: the outcomes that this landing records; those of candidates with the decision on them
-- grain: one row per input in the run
-- key: run_id, input_ref
-- reads: pending, decided
-- makes: recorded
-- parameters:
--   run_id text: the run that lands
CREATE OR REPLACE TEMP TABLE recorded AS
SELECT
    $run_id AS run_id,
    pending.input_ref,
    pending.capture_id,
    pending.article_id,
    CASE
        WHEN decided.reason IN ('older_capture', 'same_article_in_run') THEN 'duplicate'
        WHEN decided.reason = 'same_text' THEN 'unchanged'
        ELSE pending.outcome
    END AS outcome,
    coalesce(decided.reason, pending.reason) AS reason,
    pending.detail,
    if(decided.reason IS NULL, pending.stage, 'land') AS stage  -- noqa: RF04
FROM pending
LEFT JOIN decided ON pending.input_ref = decided.input_ref;
