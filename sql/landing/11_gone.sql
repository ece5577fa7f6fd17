-- purpose: the lake's articles whose rows are to be deleted: those written anew (has_successor), and
--   those whose capture was made anew and became something else
-- grain: one row per article of the lake
-- key: article_id
-- reads: existing, decided, pending
-- parameters:
--   replace boolean: whether captures already landed are made anew
CREATE OR REPLACE TEMP TABLE gone AS
SELECT
    existing.article_id,
    existing.month,
    winner.article_id IS NOT NULL AS has_successor,
    coalesce(winner.month <> existing.month, TRUE) AS is_detached
FROM existing
LEFT JOIN decided AS winner
    ON
        existing.article_id = winner.article_id
        AND winner.reason IN ('new', 'updated', 'reprocessed')
WHERE
    winner.article_id IS NOT NULL
    OR (
        $replace
        AND EXISTS (
            SELECT 1
            FROM pending
            WHERE
                pending.capture_id = existing.capture_id
                AND pending.outcome IN ('accepted', 'rejected')
                AND pending.article_id IS DISTINCT FROM existing.article_id
        )
    );
