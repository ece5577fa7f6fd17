-- purpose: the days that outlets of a story give for the same thing, each date with its sentence
-- grain: one row per pair of dates of two outlets
-- key: article_id, start_char, other_article_id, other_start_char
-- reads: date_comparison, dates_in_context
-- parameters:
--   story_id text: the story
SELECT
    pairs.verdict,
    pairs.outlet,
    pairs.article_id,
    pairs.start_char,
    pairs.surface,
    pairs.event_date,
    pairs.granularity,
    mine.marked,
    pairs.other_outlet,
    pairs.other_article_id,
    pairs.other_start_char,
    pairs.other_surface,
    pairs.other_event_date,
    pairs.other_granularity,
    other.marked AS other_marked
FROM date_comparison AS pairs
INNER JOIN dates_in_context AS mine
    ON pairs.article_id = mine.article_id AND pairs.start_char = mine.start_char
INNER JOIN dates_in_context AS other
    ON pairs.other_article_id = other.article_id AND pairs.other_start_char = other.start_char
WHERE pairs.story_id = $story_id
ORDER BY
    pairs.article_id ASC, pairs.start_char ASC, pairs.other_article_id ASC, pairs.other_start_char ASC
