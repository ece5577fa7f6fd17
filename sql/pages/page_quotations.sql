-- purpose: the words that two outlets of a story quote, each as printed
-- grain: one row per pair of quotations of two outlets
-- key: article_id, start_char, other_article_id, other_start_char
-- reads: quotation_comparison
-- parameters:
--   story_id text: the story
SELECT
    outlet,
    quotation,
    speaker,
    article_id,
    start_char,
    other_outlet,
    other_quotation,
    other_speaker,
    other_article_id,
    other_start_char,
    verdict,
    is_same_speaker
FROM quotation_comparison
WHERE story_id = $story_id
ORDER BY article_id ASC, start_char ASC, other_article_id ASC, other_start_char ASC
