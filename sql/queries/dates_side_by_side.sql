-- purpose: which day each outlet of a story gives for the same thing, with both sentences; disputed first
-- grain: one row per pair of dates of two outlets
-- key: article_id, start_char, other_article_id, other_start_char
-- reads: date_comparison
-- parameters:
--   story_id text = null: the story; all stories when not said
--   verdict text = null: only agree, overlap or conflict
--   limit integer = 1000: rows at most
SELECT
    date_comparison.verdict,
    date_comparison.outlet,
    date_comparison.event_date,
    date_comparison.surface,
    date_comparison.sentence,
    date_comparison.other_outlet,
    date_comparison.other_event_date,
    date_comparison.other_surface,
    date_comparison.other_sentence,
    date_comparison.shared_words,
    date_comparison.is_copy,
    date_comparison.story_id,
    date_comparison.article_id,
    date_comparison.start_char,
    date_comparison.end_char,
    date_comparison.other_article_id,
    date_comparison.other_start_char,
    date_comparison.other_end_char
FROM date_comparison
WHERE
    ($story_id::VARCHAR IS NULL OR date_comparison.story_id = $story_id)
    AND ($verdict::VARCHAR IS NULL OR date_comparison.verdict = $verdict)
ORDER BY
    date_comparison.verdict = 'conflict' DESC,
    date_comparison.story_id ASC,
    date_comparison.event_date ASC,
    date_comparison.article_id ASC,
    date_comparison.start_char ASC,
    date_comparison.other_article_id ASC,
    date_comparison.other_start_char ASC
LIMIT $limit
