-- purpose: every figure as an interval of what the text says, with the head noun of what it counts or
--   measures
-- grain: one row per figure that can be compared
-- key: article_id, start_char, end_char
-- reads: figures, articles, story_articles, duplicates
-- columns:
--   thing: What is counted or measured: the head noun of `counted`, else of
--     `measured`, lower case, singular
--   low: Lower bound of the reading: a tenth below an "about", the smallest candidate of a malformed number
--   high: Upper bound of the reading: a tenth above an "about", the largest candidate of a malformed number
--   magnitude: One number to sort by: the value, else a bound
--   is_copy: Whether the article repeats another one (see duplicates)
WITH nouns AS (
    SELECT
        figures.*,
        -- the head of "members of the council" comes before "of", that of "armed troops" at the end
        regexp_extract(
            lower(
                regexp_replace(
                    coalesce(figures.counted, figures.measured),
                    '\s+(of|from|in|for|at|on|by|with|who|that|which)\s.*$',
                    ''
                )
            ),
            '([\w''’-]+)\W*$',
            1
        ) AS noun
    FROM figures
    WHERE coalesce(figures.counted, figures.measured) IS NOT NULL AND figures.kind <> 'rank'
),

intervals AS (
    SELECT
        nouns.*,
        CASE
            WHEN nouns.noun = 'people' THEN 'person'
            WHEN nouns.noun = 'children' THEN 'child'
            WHEN nouns.noun IN ('lives', 'wives', 'knives') THEN replace(nouns.noun, 'ves', 'fe')
            WHEN regexp_matches(nouns.noun, '(^|wo|police|fire|service|fisher)men$')
                THEN regexp_replace(nouns.noun, 'men$', 'man')
            WHEN regexp_matches(nouns.noun, '[^aeiou]ies$') THEN regexp_replace(nouns.noun, 'ies$', 'y')
            WHEN regexp_matches(nouns.noun, '(ss|sh|ch|x|z|bus|virus|campus|census|bonus)es$')
                THEN regexp_replace(nouns.noun, 'es$', '')
            WHEN regexp_matches(nouns.noun, '[^sui]s$') THEN regexp_replace(nouns.noun, 's$', '')
            ELSE nouns.noun
        END AS thing,
        -- "about 100" can be ten percent more or less; a malformed number, any of its readings
        CASE
            WHEN nouns.bound = 'at_most' THEN nouns.low
            WHEN
                nouns.bound = 'about' AND coalesce(nouns.low, nouns.value) = coalesce(nouns.high, nouns.value)
                THEN nouns.value * 0.9
            ELSE coalesce(nouns.low, nouns.value, list_min(nouns.candidates))
        END AS reading_low,
        CASE
            WHEN nouns.bound = 'at_least' THEN nouns.high
            WHEN
                nouns.bound = 'about' AND coalesce(nouns.low, nouns.value) = coalesce(nouns.high, nouns.value)
                THEN nouns.value * 1.1
            ELSE coalesce(nouns.high, nouns.value, list_max(nouns.candidates))
        END AS reading_high
    FROM nouns
)

SELECT
    intervals.article_id,
    intervals.start_char,
    intervals.end_char,
    articles.outlet,
    articles.published_at,
    story_articles.story_id,
    intervals.thing,
    intervals.kind,
    intervals.unit,
    intervals.surface,
    intervals.counted,
    intervals.measured,
    intervals.bound,
    intervals.value,
    intervals.reading_low AS low,
    intervals.reading_high AS high,
    coalesce(intervals.value, intervals.reading_low, intervals.reading_high) AS magnitude,
    intervals.is_suspect,
    intervals.suspect_reason,
    duplicates.article_id IS NOT NULL AS is_copy,
    intervals.month
FROM intervals
INNER JOIN articles ON intervals.article_id = articles.article_id AND intervals.month = articles.month
LEFT JOIN story_articles
    ON intervals.article_id = story_articles.article_id AND intervals.month = story_articles.month
LEFT JOIN duplicates ON intervals.article_id = duplicates.article_id AND intervals.month = duplicates.month
WHERE
    intervals.thing <> ''
    -- "a third of it", "two of them": what is counted is elsewhere
    AND intervals.thing NOT IN ('it', 'them', 'this', 'that', 'these', 'those', 'us', 'you', 'one', 'other')
    AND (intervals.reading_low IS NOT NULL OR intervals.reading_high IS NOT NULL OR intervals.is_suspect)
