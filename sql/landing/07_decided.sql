-- purpose: the decision on each accepted candidate: the newest capture of an article wins, and
--   compared with the lake it is new, updated, unchanged or older
-- grain: one row per candidate
-- key: input_ref
-- reads: pending, existing, capture_times, staged_articles
-- makes: decided
-- parameters:
--   run_id text: the run that lands
--   replace boolean: whether rows of captures that were landed before are written again
CREATE OR REPLACE TEMP TABLE decided AS
WITH candidates AS (
    SELECT
        pending.part,
        pending.input_ref,
        article.article_id,
        article.capture_id,
        article.month,
        article.text_sha256,
        capture_times.fetched_at,
        hash((
            article.outlet,
            article.canonical_url,
            article.title,
            article.social_title,
            article.authors,
            article.byline,
            article.agency,
            article.section,
            article.language,
            article.published_at,
            article.published_precision,
            article.is_truncated
        )) AS metadata_hash
    FROM pending
    INNER JOIN staged_articles AS article
        ON
            pending.part = article.part
            AND pending.article_id = article.article_id
            AND pending.capture_id = article.capture_id
    INNER JOIN capture_times ON article.capture_id = capture_times.capture_id
    WHERE pending.outcome = 'accepted'
),

ranked AS (
    SELECT
        candidates.*,
        row_number() OVER newest_first AS place,
        first_value(candidates.text_sha256) OVER newest_first AS winning_sha256
    FROM candidates
    WINDOW newest_first AS (
        PARTITION BY candidates.article_id
        ORDER BY candidates.fetched_at DESC, candidates.input_ref ASC
    )
),

-- an article whose own capture was just made anew and became something else no longer counts
standing AS (
    SELECT
        existing.*,
        capture_times.fetched_at
    FROM existing
    LEFT JOIN capture_times ON existing.capture_id = capture_times.capture_id
    WHERE
        NOT $replace
        OR NOT EXISTS (
            SELECT 1
            FROM pending
            WHERE
                pending.capture_id = existing.capture_id
                AND pending.outcome IN ('accepted', 'rejected')
                AND pending.article_id IS DISTINCT FROM existing.article_id
        )
)

SELECT
    ranked.part,
    ranked.input_ref,
    ranked.article_id,
    ranked.capture_id,
    ranked.month,
    CASE
        WHEN ranked.place > 1 AND ranked.text_sha256 = ranked.winning_sha256 THEN 'same_article_in_run'
        WHEN ranked.place > 1 THEN 'older_capture'
        WHEN standing.fetched_at > ranked.fetched_at THEN 'older_capture'
        WHEN $replace THEN 'reprocessed'
        WHEN standing.article_id IS NULL THEN 'new'
        WHEN
            standing.text_sha256 = ranked.text_sha256
            AND standing.metadata_hash = ranked.metadata_hash
            THEN if(standing.run_id = $run_id, 'same_article_in_run', 'same_text')
        ELSE 'updated'
    END AS reason
FROM ranked
LEFT JOIN standing ON ranked.article_id = standing.article_id;
