-- purpose: lines that an outlet's articles repeat, as candidates for boilerplate
-- grain: one row per outlet and line
-- key: outlet, line_sha256
-- reads: line_statistics
-- parameters:
--   min_articles integer = 3: lines of fewer articles are left out
SELECT *
FROM line_statistics
WHERE article_count >= $min_articles
ORDER BY outlet, line_sha256
