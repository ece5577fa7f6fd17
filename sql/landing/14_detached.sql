-- purpose: the articles that leave the lake or move to another month, and so their copies and stories too
-- grain: one row per article
-- key: article_id
-- reads: gone
-- makes: detached
CREATE OR REPLACE TEMP TABLE detached AS
SELECT
    article_id,
    has_successor
FROM gone
WHERE is_detached;
