-- purpose: the capture that an article was made from is there
-- grain: one row per article without it
-- key: article_id
-- reads: articles, captures
SELECT
    articles.article_id,
    articles.capture_id
FROM articles
ANTI JOIN captures ON articles.capture_id = captures.capture_id
