-- purpose: everything a person is quoted with, newest first; the speaker as printed, and who that is
-- grain: one row per quotation
-- key: article_id, start_char
-- reads: quotations, articles, entities
-- parameters:
--   name text: the person, or a part of the name
--   limit integer = 50: rows at most
SELECT
    articles.published_at,
    articles.outlet,
    quotations.speaker,
    entities.name AS speaker_name,
    quotations.cue,
    quotations.text AS quotation,
    quotations.kind,
    articles.title,
    quotations.article_id,
    quotations.start_char,
    quotations.end_char
FROM quotations
INNER JOIN articles ON quotations.article_id = articles.article_id AND quotations.month = articles.month
LEFT JOIN entities ON quotations.speaker_entity_id = entities.entity_id
WHERE
    contains(lower(entities.name), lower($name))
    OR (
        NOT quotations.is_anonymous
        AND contains(lower(quotations.speaker), lower($name))
        AND NOT contains(replace(lower(quotations.speaker), '’', ''''), lower($name) || '''s ')
    )
ORDER BY articles.published_at DESC NULLS LAST, quotations.article_id ASC, quotations.start_char ASC
LIMIT $limit
