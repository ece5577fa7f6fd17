-- purpose: everything a person is quoted with, newest first, each in its sentence; the speaker as printed,
--   and who that is
-- grain: one row per quotation
-- key: article_id, start_char
-- reads: quotations_in_context
-- parameters:
--   name text: the person, or a part of the name
--   limit integer = 50: rows at most
SELECT
    published_at,
    outlet,
    speaker,
    speaker_name,
    cue,
    quotation,
    kind,
    marked,
    title,
    link,
    article_id,
    start_char,
    end_char
FROM quotations_in_context
WHERE
    contains(lower(speaker_name), lower($name))
    OR (
        -- without an entity the printed words count, unless they describe somebody by this name: "X's lawyer"
        speaker_name IS NULL
        AND NOT is_anonymous
        AND contains(lower(speaker), lower($name))
        AND NOT contains(replace(lower(speaker), '’', ''''), lower($name) || '''s ')
    )
ORDER BY published_at DESC NULLS LAST, article_id ASC, start_char ASC
LIMIT $limit
