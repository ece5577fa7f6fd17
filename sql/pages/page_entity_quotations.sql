-- purpose: what a person is quoted with, the newest article first
-- grain: one row per quotation
-- key: article_id, start_char
-- reads: quotations_in_context
-- parameters:
--   entity_id text: the speaker
--   limit integer = 100: rows at most
SELECT
    outlet,
    article_id,
    title,
    published_at,
    speaker,
    cue,
    kind,
    quotation,
    start_char
FROM quotations_in_context
WHERE speaker_entity_id = $entity_id
ORDER BY published_at DESC NULLS LAST, article_id ASC, start_char ASC
LIMIT $limit
