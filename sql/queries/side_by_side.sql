-- purpose: the figures of a story, outlet beside outlet
-- grain: one row per reading of a question
-- key: article_id, start_char, end_char
-- reads: figure_comparison, articles
-- parameters:
--   story_id text = null: the story; the one with most disagreement when not said
--   counted text = null: only questions or counted things with this word, e.g. troop
WITH asked AS (
    SELECT
        coalesce(
            $story_id::VARCHAR,
            (
                SELECT figure_comparison.story_id
                FROM figure_comparison
                WHERE $story_id::VARCHAR IS NULL
                GROUP BY figure_comparison.story_id
                ORDER BY
                    count(DISTINCT figure_comparison.question_id) FILTER (
                        WHERE figure_comparison.thing_verdict IN (
                            'conflict', 'conflict of sources', 'suspect'
                        )
                    ) DESC,
                    count(*) DESC,
                    figure_comparison.story_id ASC
                LIMIT 1
            )
        ) AS story_id
)

SELECT
    figure_comparison.thing,
    figure_comparison.thing_verdict,
    figure_comparison.outlet,
    figure_comparison.surface,
    figure_comparison.counted,
    figure_comparison.bound,
    figure_comparison.low,
    figure_comparison.high,
    figure_comparison.unit,
    figure_comparison.verdict,
    figure_comparison.source,
    figure_comparison.sentence,
    figure_comparison.published_at,
    articles.title,
    figure_comparison.question_id,
    figure_comparison.article_id,
    figure_comparison.start_char,
    figure_comparison.end_char
FROM figure_comparison
INNER JOIN asked ON figure_comparison.story_id = asked.story_id
INNER JOIN articles
    ON figure_comparison.article_id = articles.article_id AND figure_comparison.month = articles.month
WHERE
    -- said here as well, so that only this story is compared
    ($story_id::VARCHAR IS NULL OR figure_comparison.story_id = $story_id)
    AND (
        $counted::VARCHAR IS NULL
        OR contains(lower(figure_comparison.counted), lower($counted))
        OR contains(lower(figure_comparison.thing), lower($counted))
    )
ORDER BY
    figure_comparison.thing ASC,
    figure_comparison.question_id ASC,
    figure_comparison.outlet ASC,
    figure_comparison.article_id ASC,
    figure_comparison.start_char ASC
