-- purpose: which of the lake's articles the candidates meet, and in which months they lie; when captures are
--   made anew (replace), also the articles that those captures had become
-- grain: one row per article of the lake
-- key: article_id
-- reads: pending, articles
-- parameters:
--   replace boolean: whether captures already landed are made anew
CREATE OR REPLACE TEMP TABLE met AS
SELECT
    article.article_id,
    article.month
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
