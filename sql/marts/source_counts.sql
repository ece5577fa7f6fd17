-- purpose: how many outlets, articles and sources are behind an answer: nine outlets, one ministry
-- grain: one row per question that two outlets answer
-- key: question_id
-- reads: questions, figure_comparison
-- columns:
--   thing: The question in words
--   article_count: Articles that answer it
--   original_article_count: Articles that answer it and copy no other
--   sources: Who is named for the number, as written
--   agencies: The news agencies whose reports answer it
--   outlets: The outlets that answer it
SELECT
    questions.story_id,
    questions.question_id,
    questions.label AS thing,
    questions.outlet_count,
    count(DISTINCT figure_comparison.article_id) AS article_count,
    count(DISTINCT figure_comparison.article_id) FILTER (
        WHERE NOT figure_comparison.is_copy
    ) AS original_article_count,
    questions.source_count,
    list_sort(list_distinct(list(figure_comparison.source))) AS sources,
    list_sort(list_distinct(list(figure_comparison.agency))) AS agencies,
    list_sort(list_distinct(list(figure_comparison.outlet))) AS outlets,
    questions.verdict,
    questions.low,
    questions.high,
    questions.unit,
    questions.first_published_at,
    questions.last_published_at
FROM questions
INNER JOIN figure_comparison ON questions.question_id = figure_comparison.question_id
GROUP BY ALL
