-- purpose: the lines that were removed from articles, each with its rule
-- grain: one row per line
-- key: article_id, line_number
-- reads: removed_lines
-- parameters:
--   article_ids texts: the articles
SELECT
    article_id,
    line_number,
    section,
    rule,
    text
FROM removed_lines
WHERE list_contains($article_ids, article_id)
ORDER BY article_id ASC, line_number ASC
