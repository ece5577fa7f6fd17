-- purpose: the figures of a story side by side: for each question that two outlets or more answer, every
--   reading as an interval and how it compares with the others
-- grain: one row per reading of a question
-- key: article_id, start_char, end_char
-- reads: question_readings
-- columns:
--   verdict: How the reading compares with the nearest reading of another outlet: agree (the same interval),
--     overlap (both can be true), vaguer (one is only words such as dozens), update (a later report replaces
--     an earlier one), conflict (they cannot both be true), conflict of sources (the same, and each names
--     who says so), suspect (malformed, or a scale off)
--   other_outlet_count: Other outlets that answer the question
--   other_readings: What the other outlets print, as outlet, colon, words
WITH printed AS (
    SELECT
        question_id,
        list(DISTINCT struct_pack(outlet := outlet, words := outlet || ': ' || surface)) AS readings
    FROM question_readings
    WHERE outlet_count > 1
    GROUP BY question_id
)

SELECT
    mine.story_id,
    mine.question_id,
    mine.thing,
    mine.kind,
    mine.unit,
    mine.outlet,
    mine.surface,
    mine.counted,
    mine.bound,
    mine.value,
    mine.low,
    mine.high,
    mine.verdict,
    mine.thing_verdict,
    mine.outlet_count - 1 AS other_outlet_count,
    list_sort(
        list_transform(
            list_filter(printed.readings, other -> other.outlet <> mine.outlet), other -> other.words
        )
    ) AS other_readings,
    mine.sentence,
    mine.source,
    mine.source_entity_id,
    mine.agency,
    mine.suspect_reason,
    mine.is_copy,
    mine.article_id,
    mine.start_char,
    mine.end_char,
    mine.published_at,
    mine.month
FROM question_readings AS mine
INNER JOIN printed ON mine.question_id = printed.question_id
WHERE mine.outlet_count > 1
