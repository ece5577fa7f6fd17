-- purpose: the lake's articles that the candidates meet, and their months; with replace, also the articles
--   that the staged captures became earlier. Hashes are compared: for ids DuckLake would ask its catalog
--   which files can hold them, and random ids can be in all. Another article with such a hash does no harm
-- grain: one row per article of the lake
-- key: article_id
-- reads: pending, articles
-- makes: met
-- parameters:
--   replace boolean: whether rows of captures that were landed before are written again
CREATE OR REPLACE TEMP TABLE met AS
SELECT
    article.article_id,
    article.month
FROM lake.main.articles AS article
WHERE
    hash(article.article_id) IN (
        SELECT hash(pending.article_id) FROM pending
        WHERE pending.outcome = 'accepted'
    )
-- not one condition with OR: each of these two is a join that reads one column of ids
UNION
SELECT
    article.article_id,
    article.month
FROM lake.main.articles AS article
WHERE
    $replace
    AND hash(article.capture_id) IN (
        SELECT hash(pending.capture_id) FROM pending
        WHERE pending.outcome IN ('accepted', 'rejected')
    );
