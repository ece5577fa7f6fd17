-- purpose: the lake's articles whose rows are deleted: those written again (has_successor), and those whose
--   capture now gives something else; is_detached: the article leaves the lake or moves to another month.
--   warehouse/landing/replacing.py then deletes their rows in every article table and inserts the winners'
-- grain: one row per article of the lake
-- key: article_id
-- reads: existing, decided, pending
-- makes: gone
-- writes: articles, removed_lines, sentences, mentions, figures, dates, quotations, signatures, readings
-- parameters:
--   replace boolean: whether rows of captures that were landed before are written again
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
