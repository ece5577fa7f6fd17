-- purpose: the lake's articles that the candidates meet; when captures are made anew (replace), also
--   the articles that those captures had become
-- grain: one row per article of the lake
-- key: article_id
-- reads: pending, articles
-- parameters:
--   replace boolean: whether captures already landed are made anew
CREATE OR REPLACE TEMP TABLE existing AS
SELECT
    article.article_id,
    article.capture_id,
    article.run_id,
    article.month,
    article.text_sha256,
    hash((
        article.outlet,
        article.canonical_url,
        article.title,
        article.authors,
        article.byline,
        article.section,
        article.language,
        article.published_at,
        article.published_precision,
        article.is_truncated
    )) AS metadata_hash
FROM lake.main.articles AS article
WHERE
    article.article_id IN (
        SELECT pending.article_id FROM pending
        WHERE pending.outcome = 'accepted'
    )
    OR (
        $replace
        AND article.capture_id IN (
            SELECT pending.capture_id FROM pending
            WHERE pending.outcome IN ('accepted', 'rejected')
        )
    );
