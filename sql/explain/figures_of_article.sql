-- purpose: the figures of an article, to find the one that is meant
-- grain: one row per figure
-- key: start_char, end_char
-- reads: figures
-- parameters:
--   article_id text: the article
SELECT
    start_char,
    end_char,
    surface
FROM figures
WHERE article_id = $article_id
ORDER BY start_char, end_char
