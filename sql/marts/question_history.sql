-- purpose: how the answer to a question changed from report to report
-- grain: one row per reading
-- key: article_id, start_char, end_char
-- reads: question_readings
-- columns:
--   place: 1 for the first report that answers the question, and so on
--   previous_surface: What the report before printed
--   previous_outlet: Who printed it
--   previous_low: Its lower bound
--   previous_high: Its upper bound
--   is_changed: Whether low or high, where both reports say it, differ from that of the report before
SELECT
    story_id,
    question_id,
    thing,
    row_number() OVER in_time AS place,
    published_at,
    outlet,
    surface,
    low,
    high,
    unit,
    kind,
    lag(surface) OVER in_time AS previous_surface,
    lag(outlet) OVER in_time AS previous_outlet,
    lag(low) OVER in_time AS previous_low,
    lag(high) OVER in_time AS previous_high,
    coalesce(low <> lag(low) OVER in_time OR high <> lag(high) OVER in_time, FALSE) AS is_changed,
    verdict,
    source,
    is_copy,
    sentence,
    article_id,
    start_char,
    end_char,
    month
FROM question_readings
WINDOW in_time AS (
    PARTITION BY question_id
    ORDER BY published_at ASC NULLS LAST, article_id ASC, start_char ASC, end_char ASC
)
