-- purpose: the first and the last month of the staged captures that the lake has
-- grain: one row
-- key: none
-- reads: staged_captures, captures
-- gives: first_month, last_month
-- needs: staged_captures
-- parameters:
--   first_month date = null: the first month of the staged captures; a bound value keeps other files closed
--   last_month date = null: their last month
SELECT
    min(month) AS first_month,
    max(month) AS last_month
FROM lake.main.captures
WHERE
    month BETWEEN $first_month AND $last_month
    -- hashes: the catalog cannot tell which files hold random ids. The next steps compare the ids
    AND hash(capture_id) IN (SELECT hash(staged.capture_id) FROM staged_captures AS staged)
