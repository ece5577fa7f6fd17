-- purpose: the first and the last month of articles, null if there are no articles
-- grain: one row
-- key: none
-- reads: articles
-- parameters:
--   ids texts: capture_ids or article_ids
WITH asked AS (
    SELECT unnest($ids) AS item_id
)

SELECT
    min(month) AS first_month,
    max(month) AS last_month
FROM articles
WHERE
    article_id IN (SELECT asked.item_id FROM asked)
    OR capture_id IN (SELECT asked.item_id FROM asked)
