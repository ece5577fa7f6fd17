-- purpose: the archived bytes that articles were made from
-- grain: one row per article
-- key: article_id
-- reads: articles, captures
-- parameters:
--   article_ids texts: the articles
SELECT
    articles.article_id,
    articles.published_precision,
    captures.fetched_at,
    captures.body_sha256
FROM articles
LEFT JOIN captures ON articles.capture_id = captures.capture_id
WHERE list_contains($article_ids, articles.article_id)
ORDER BY articles.article_id
