-- purpose: how many lines each rule took out of each outlet's articles
-- grain: one row per outlet and rule
-- key: outlet, rule
-- reads: removed_lines, articles
SELECT
    articles.outlet,
    removed_lines.rule,
    count(*) AS line_count,
    count(DISTINCT removed_lines.article_id) AS article_count
FROM removed_lines
INNER JOIN articles
    ON removed_lines.article_id = articles.article_id AND removed_lines.month = articles.month
GROUP BY articles.outlet, removed_lines.rule
ORDER BY articles.outlet ASC, line_count DESC, removed_lines.rule ASC
