-- purpose: people of a story whose name its outlets spell in several ways, who writes which; of an excerpt
-- grain: one row per person, spelling and outlet
-- key: person, spelling, outlet
-- reads: name_comparison
-- parameters:
--   story_id text: the story
SELECT
    person,
    spelling,
    is_usual,
    outlet,
    mention_count,
    example_article_id AS article_id,
    example_start_char AS start_char
FROM name_comparison
WHERE story_id = $story_id AND spelling_count > 1
ORDER BY person ASC, is_usual DESC, spelling ASC, outlet ASC
