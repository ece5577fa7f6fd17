-- purpose: the articles at hand and those that may be copies of them, with what finding copies needs
-- grain: one row per article
-- key: article_id
-- reads: articles, signatures, duplicates
-- parameters:
--   article_ids texts: the new articles
WITH named AS (
    SELECT unnest($article_ids) AS article_id
),

-- a corrected article puts its copies to the test again
asked AS (
    SELECT article_id FROM named
    UNION
    SELECT duplicates.article_id
    FROM duplicates
    INNER JOIN named ON duplicates.original_article_id = named.article_id
),

own AS (
    SELECT
        signatures.article_id,
        signatures.bands,
        signatures.words_sha256
    FROM signatures
    INNER JOIN asked ON signatures.article_id = asked.article_id
),

own_bands AS (
    SELECT DISTINCT unnest(bands) AS band
    FROM own
),

all_bands AS (
    SELECT
        article_id,
        unnest(bands) AS band
    FROM signatures
),

near AS (
    SELECT DISTINCT all_bands.article_id
    FROM all_bands
    INNER JOIN own_bands ON all_bands.band = own_bands.band
    UNION
    SELECT signatures.article_id
    FROM signatures
    INNER JOIN own ON signatures.words_sha256 = own.words_sha256
    UNION
    SELECT article_id FROM asked
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
)

SELECT
    signatures.article_id,
    signatures.month,
    articles.published_at,
    signatures.words_sha256,
    signatures.shingle_count,
    signatures.minhash,
    signatures.bands,
    duplicates.original_article_id,
    signatures.article_id IN (SELECT asked.article_id FROM asked) AS is_new
FROM members
INNER JOIN signatures ON members.article_id = signatures.article_id
INNER JOIN articles ON members.article_id = articles.article_id
LEFT JOIN duplicates ON members.article_id = duplicates.article_id
ORDER BY signatures.article_id
