-- purpose: add the staged captures that the lake does not have
-- grain: one row per capture
-- key: capture_id
-- reads: staged_captures, captures
-- writes: captures
-- needs: staged_captures
-- parameters:
--   first_month date = null: the first month of the staged captures that the lake has
--   last_month date = null: their last month
INSERT INTO lake.main.captures BY NAME
SELECT DISTINCT ON (staged.capture_id) staged.* EXCLUDE (staged.part)
FROM staged_captures AS staged
WHERE
    NOT EXISTS (
        SELECT 1
        FROM lake.main.captures AS landed
        WHERE
            landed.month BETWEEN $first_month AND $last_month
            AND landed.capture_id = staged.capture_id
    )
ORDER BY staged.capture_id, staged.part;
