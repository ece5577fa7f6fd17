-- purpose: the figures of a story side by side: for each thing that two outlets or more count, every
--   outlet's reading as an interval and how it stands to the others: agree (the same interval),
--   overlap (both can be true), conflict (they cannot), suspect (malformed, or 500 times off)
-- grain: one row per reading of a thing in a story
-- key: story_id, article_id, start_char
-- reads: figure_readings
-- columns:
--   verdict: How the reading stands to those of other outlets: agree (the same interval), overlap (both
--     can be true), conflict (they cannot), suspect (malformed, or 500 times off)
--   thing_verdict: The gravest verdict on this thing in the story
--   other_outlet_count: Other outlets that count the same thing in the story
WITH readings AS (
    SELECT *
    FROM figure_readings
    WHERE story_id IS NOT NULL
),

meetings AS (
    SELECT
        mine.story_id,
        mine.article_id,
        mine.start_char,
        bool_or(
            mine.low IS NOT DISTINCT FROM other.low AND mine.high IS NOT DISTINCT FROM other.high
        ) AS has_equal,
        bool_or(
            coalesce(mine.low, '-inf'::DOUBLE) <= coalesce(other.high, 'inf'::DOUBLE)
            AND coalesce(other.low, '-inf'::DOUBLE) <= coalesce(mine.high, 'inf'::DOUBLE)
        ) AS has_overlap,
        -- a slip of units or a lost "million" moves a number by a thousand; other counts seldom do
        median(log10(mine.magnitude / other.magnitude)) FILTER (
            WHERE mine.magnitude > 0 AND other.magnitude > 0
        ) AS off_by,
        count(DISTINCT other.outlet) AS other_outlet_count
    FROM readings AS mine
    INNER JOIN readings AS other
        ON
            mine.story_id = other.story_id
            AND mine.thing = other.thing
            AND mine.kind = other.kind
            AND coalesce(mine.unit, '') = coalesce(other.unit, '')
            AND mine.outlet <> other.outlet
    GROUP BY mine.story_id, mine.article_id, mine.start_char
),

judged AS (
    SELECT
        readings.*,
        meetings.other_outlet_count,
        CASE
            WHEN readings.is_suspect OR abs(meetings.off_by) >= log10(500) THEN 'suspect'
            WHEN meetings.has_equal THEN 'agree'
            WHEN meetings.has_overlap THEN 'overlap'
            ELSE 'conflict'
        END AS verdict
    FROM readings
    INNER JOIN meetings
        ON
            readings.story_id = meetings.story_id
            AND readings.article_id = meetings.article_id
            AND readings.start_char = meetings.start_char
)

SELECT
    judged.story_id,
    judged.thing,
    judged.kind,
    judged.unit,
    judged.outlet,
    judged.surface,
    judged.counted,
    judged.bound,
    judged.value,
    judged.low,
    judged.high,
    judged.verdict,
    CASE
        WHEN bool_or(judged.verdict = 'conflict') OVER same_thing THEN 'conflict'
        WHEN bool_or(judged.verdict = 'suspect') OVER same_thing THEN 'suspect'
        WHEN bool_or(judged.verdict = 'overlap') OVER same_thing THEN 'overlap'
        ELSE 'agree'
    END AS thing_verdict,
    judged.other_outlet_count,
    judged.suspect_reason,
    judged.is_copy,
    judged.article_id,
    judged.start_char,
    judged.end_char,
    judged.published_at,
    judged.month
FROM judged
WINDOW same_thing AS (PARTITION BY judged.story_id, judged.thing, judged.kind, judged.unit)
