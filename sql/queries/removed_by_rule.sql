-- purpose: what the cleaner took out, by rule
-- grain: one row per outlet and rule
-- key: outlet, rule
-- reads: removed_lines, articles
-- parameters:
--   outlet text = null: only this outlet
SELECT
    articles.outlet,
    removed_lines.rule,
    count(*) AS line_count,
    count(DISTINCT removed_lines.article_id) AS article_count,
    mode(removed_lines.text ORDER BY removed_lines.text) AS commonest_line
FROM removed_lines
INNER JOIN articles
    ON removed_lines.article_id = articles.article_id AND removed_lines.month = articles.month
WHERE $outlet::VARCHAR IS NULL OR articles.outlet = $outlet
GROUP BY articles.outlet, removed_lines.rule
ORDER BY articles.outlet ASC, line_count DESC, removed_lines.rule ASC
