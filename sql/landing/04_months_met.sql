-- purpose: the first and the last month of the articles met; bound as values, they keep other files closed
-- grain: one row
-- key: none
-- reads: met
-- gives: first_month, last_month
SELECT
    min(month) AS first_month,
    max(month) AS last_month
FROM met
