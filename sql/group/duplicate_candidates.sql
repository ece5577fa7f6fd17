-- purpose: the new articles and possible copies of them, with what finding copies needs: similar ones of
--   the months around, ones with the same words of any time, and their originals and other copies
-- grain: one row per article
-- key: article_id
-- reads: articles, signatures, duplicates
-- parameters:
--   article_ids texts: the new articles
--   first_month date: their first month, minus the longest distance of copies
--   last_month date: their last month, plus the same distance
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
),

-- bound months keep all other files closed
around AS (
    SELECT *
    FROM signatures
    WHERE month BETWEEN $first_month AND $last_month
),

own AS (
    SELECT around.*
    FROM around
    INNER JOIN asked ON around.article_id = asked.article_id
),

own_bands AS (
    SELECT DISTINCT unnest(bands) AS band
    FROM own
),

all_bands AS (
    SELECT
        article_id,
        unnest(bands) AS band
    FROM around
),

own_words AS (
    SELECT DISTINCT words_sha256
    FROM own
),

same AS (
    SELECT
        signatures.article_id,
        signatures.month,
        signatures.words_sha256
    FROM signatures
    INNER JOIN own_words ON signatures.words_sha256 = own_words.words_sha256
),

near AS (
    SELECT DISTINCT all_bands.article_id
    FROM all_bands
    INNER JOIN own_bands ON all_bands.band = own_bands.band
    UNION
    SELECT same.article_id FROM same
    UNION
    SELECT asked.article_id FROM asked
),

families AS (
    SELECT article_id FROM near
    UNION
    SELECT duplicates.original_article_id
    FROM duplicates
    INNER JOIN near ON duplicates.article_id = near.article_id
),

members AS (
    SELECT article_id FROM families
    UNION
    SELECT duplicates.article_id
    FROM duplicates
    INNER JOIN families ON duplicates.original_article_id = families.article_id
),

-- the same words have the same signature: no need to read it in far months
far AS (
    SELECT
        same.article_id,
        same.month,
        if(articles.published_source = 'guess', NULL, articles.published_at) AS published_at,
        same.words_sha256
    FROM same
    INNER JOIN articles ON same.article_id = articles.article_id AND same.month = articles.month
    WHERE same.month NOT BETWEEN $first_month AND $last_month
),

signed AS (
    SELECT
        around.article_id,
        around.month,
        if(articles.published_source = 'guess', NULL, articles.published_at) AS published_at,
        around.words_sha256,
        around.shingle_count,
        around.minhash,
        around.bands
    FROM members
    INNER JOIN around ON members.article_id = around.article_id
    INNER JOIN articles ON members.article_id = articles.article_id
    WHERE articles.month BETWEEN $first_month AND $last_month
    UNION ALL
    SELECT
        far.article_id,
        far.month,
        far.published_at,
        far.words_sha256,
        first(own.shingle_count) AS shingle_count,
        first(own.minhash) AS minhash,
        first(own.bands) AS bands
    FROM far
    INNER JOIN own ON far.words_sha256 = own.words_sha256
    GROUP BY ALL
)

SELECT
    signed.*,
    duplicates.original_article_id,
    signed.article_id IN (SELECT asked.article_id FROM asked) AS is_new
FROM signed
LEFT JOIN duplicates ON signed.article_id = duplicates.article_id
ORDER BY signed.article_id
