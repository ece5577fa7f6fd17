-- purpose: where a thing is named, its first mention in each article, the newest article first
-- grain: one row per article
-- key: article_id
-- reads: mentions_in_context
-- parameters:
--   entity_id text: the entity
--   limit integer = 100: rows at most
SELECT
    outlet,
    article_id,
    title,
    published_at,
    min_by(surface, start_char) AS surface,
    min_by(marked, start_char) AS marked,
    min(start_char) AS start_char,
    count(*) AS mention_count
FROM mentions_in_context
WHERE entity_id = $entity_id
GROUP BY outlet, article_id, title, published_at
ORDER BY published_at DESC NULLS LAST, article_id ASC
LIMIT $limit
