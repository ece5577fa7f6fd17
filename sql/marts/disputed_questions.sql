-- purpose: questions that outlets answer differently, so that not all of them can be right
-- grain: one row per question
-- key: question_id
-- reads: questions, stories, figure_comparison
-- columns:
--   story_title: Title of the story
--   thing: The question in words
--   readings: What the outlets print, as outlet, colon, words
--   sources: Who is named for the numbers
SELECT
    stories.title AS story_title,
    questions.label AS thing,
    questions.verdict,
    list_sort(
        list_distinct(list(figure_comparison.outlet || ': ' || figure_comparison.surface))
    ) AS readings,
    list_sort(list_distinct(list(figure_comparison.source))) AS sources,
    questions.low,
    questions.high,
    questions.unit,
    questions.kind,
    questions.outlet_count,
    questions.source_count,
    questions.first_published_at,
    questions.last_published_at,
    questions.question_id,
    questions.story_id
FROM questions
INNER JOIN stories ON questions.story_id = stories.story_id
INNER JOIN figure_comparison ON questions.question_id = figure_comparison.question_id
WHERE questions.verdict IN ('conflict', 'conflict of sources', 'suspect')
GROUP BY ALL
