-- purpose: how many lines of an article each rule removed, the busiest rule first
-- grain: one row per rule
-- key: rule
-- reads: removed_lines
-- parameters:
--   article_id text: the article
SELECT
    rule,
    count(*) AS line_count,
    min_by(text, line_number) AS first_line
FROM removed_lines
WHERE article_id = $article_id
GROUP BY rule
ORDER BY line_count DESC, rule ASC
