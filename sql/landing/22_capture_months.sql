-- purpose: the first and the last month of the staged captures that the lake has
-- grain: one row
-- key: none
-- reads: staged_captures, captures
-- gives: first_month, last_month
-- needs: staged_captures
SELECT
    min(month) AS first_month,
    max(month) AS last_month
FROM lake.main.captures
WHERE capture_id IN (SELECT staged.capture_id FROM staged_captures AS staged)
