-- purpose: forget which article a detached one copies, and which articles copy one that left the lake
-- grain: one row per article
-- key: article_id
-- reads: detached
-- writes: duplicates
-- needs: detached
DELETE FROM lake.main.duplicates
WHERE
    article_id IN (SELECT detached.article_id FROM detached)
    OR original_article_id IN (
        SELECT detached.article_id FROM detached
        WHERE NOT detached.has_successor
    );
