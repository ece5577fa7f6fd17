-- purpose: let corrections of stories follow an article whose capture now gives an article of another id, as
--   after other rules for addresses. Where the correction names that article already, or two of its articles
--   become one, the older id stays
-- grain: one row per correction and article
-- key: correction_id, article_id
-- reads: gone, existing, pending, story_corrections
-- writes: story_corrections
-- needs: detached
UPDATE lake.main.story_corrections AS correction
SET article_id = heir.article_id
FROM (
    SELECT
        named.correction_id,
        min(gone.article_id) AS former_id,
        pending.article_id
    FROM gone
    INNER JOIN existing ON gone.article_id = existing.article_id
    INNER JOIN pending
        ON
            existing.capture_id = pending.capture_id
            AND pending.outcome = 'accepted'
            AND existing.article_id <> pending.article_id
    INNER JOIN lake.main.story_corrections AS named ON gone.article_id = named.article_id
    WHERE
        NOT gone.has_successor
        AND NOT EXISTS (
            SELECT 1
            FROM lake.main.story_corrections AS other
            WHERE
                other.correction_id = named.correction_id
                AND other.article_id = pending.article_id
        )
    GROUP BY named.correction_id, pending.article_id
) AS heir
WHERE
    correction.correction_id = heir.correction_id
    AND correction.article_id = heir.former_id;
