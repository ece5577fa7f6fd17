-- purpose: how many edits wait to be compared
-- grain: one row
-- key: none
-- reads: article_revisions
SELECT count(*) AS edit_count
FROM article_revisions
WHERE NOT is_compared
