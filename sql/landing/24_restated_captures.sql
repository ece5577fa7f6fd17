-- purpose: staged captures that the lake has with another outlet or other hints, as they are stated now
-- grain: one row per capture
-- key: capture_id
-- reads: staged_captures, captures
-- makes: restated_captures
-- replaces: captures
-- needs: staged_captures
-- parameters:
--   first_month date = null: the first month of the staged captures that the lake has
--   last_month date = null: their last month
CREATE OR REPLACE TEMP TABLE restated_captures AS
SELECT DISTINCT ON (staged.capture_id) staged.* EXCLUDE (staged.part)
FROM staged_captures AS staged
INNER JOIN lake.main.captures AS landed ON staged.capture_id = landed.capture_id
WHERE
    landed.month BETWEEN $first_month AND $last_month
    AND (staged.outlet <> landed.outlet OR staged.hints IS DISTINCT FROM landed.hints)
ORDER BY staged.capture_id, staged.part;
