-- purpose: the first and the last month of the staged captures; a capture's id is made of its time of
--   fetching, so the lake has the same capture in the same month
-- grain: one row
-- key: none
-- reads: staged_captures
-- gives: first_month, last_month
-- needs: staged_captures
SELECT
    min(month) AS first_month,
    max(month) AS last_month
FROM staged_captures
