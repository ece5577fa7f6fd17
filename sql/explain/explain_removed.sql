-- purpose: the lines that were removed from an article, each with its rule
-- grain: one row per line
-- key: line_number
-- reads: removed_lines
-- parameters:
--   article_id text: the article
SELECT
    line_number,
    section,
    rule,
    text
FROM removed_lines
WHERE article_id = $article_id
ORDER BY line_number
