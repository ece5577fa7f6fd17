-- purpose: the staged outcomes that this run has not recorded yet; a part that was landed before adds no rows
-- grain: one row per input
-- key: input_ref
-- reads: staged_outcomes, outcomes
-- makes: pending
-- parameters:
--   run_id text: the run that lands
CREATE OR REPLACE TEMP TABLE pending AS
SELECT
    staged.part,
    staged.input_ref,
    staged.capture_id,
    staged.article_id,
    staged.outcome,
    staged.reason,
    staged.detail,
    staged.stage
FROM staged_outcomes AS staged
WHERE
    NOT EXISTS (
        SELECT 1
        FROM lake.main.outcomes AS recorded
        WHERE recorded.run_id = $run_id AND recorded.input_ref = staged.input_ref
    );
