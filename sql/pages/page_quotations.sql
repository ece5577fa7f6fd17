-- purpose: the words that two outlets of a story quote, each as printed
-- grain: one row per pair of quotations of two outlets
-- key: article_id, start_char, other_article_id, other_start_char
-- reads: quotation_comparison, quotations_in_context
-- parameters:
--   story_id text: the story
SELECT
    pairs.outlet,
    pairs.quotation,
    pairs.speaker,
    mine.speaker_name,
    pairs.article_id,
    pairs.start_char,
    pairs.other_outlet,
    pairs.other_quotation,
    pairs.other_speaker,
    other.speaker_name AS other_speaker_name,
    pairs.other_article_id,
    pairs.other_start_char,
    pairs.verdict,
    pairs.is_same_speaker
FROM quotation_comparison AS pairs
INNER JOIN quotations_in_context AS mine
    ON pairs.article_id = mine.article_id AND pairs.start_char = mine.start_char
INNER JOIN quotations_in_context AS other
    ON pairs.other_article_id = other.article_id AND pairs.other_start_char = other.start_char
WHERE pairs.story_id = $story_id
ORDER BY
    pairs.article_id ASC, pairs.start_char ASC, pairs.other_article_id ASC, pairs.other_start_char ASC
