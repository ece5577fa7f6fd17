-- purpose: numbers that outlets changed, added or removed in articles after publication, with both sentences
-- grain: one row per change
-- key: capture_id, change_number
-- reads: figure_changes, articles, readings, story_articles
-- columns:
--   thing: The question that the number answers, in words
--   printed_before: The number as printed before the edit
--   printed_after: The number as printed after it
--   question_id: The question of the story that it answers now; null for older edits
--   story_id: The story of the article
SELECT
    articles.outlet,
    articles.title,
    figure_changes.change,
    figure_changes.label AS thing,
    figure_changes.before_surface AS printed_before,
    figure_changes.surface AS printed_after,
    figure_changes.before_sentence,
    figure_changes.sentence,
    figure_changes.before_fetched_at,
    figure_changes.fetched_at,
    articles.published_at,
    articles.url,
    figure_changes.kind,
    figure_changes.before_low,
    figure_changes.before_high,
    figure_changes.before_unit,
    figure_changes.low,
    figure_changes.high,
    figure_changes.unit,
    readings.question_id,
    story_articles.story_id,
    figure_changes.article_id,
    figure_changes.start_char,
    figure_changes.end_char,
    figure_changes.capture_id,
    figure_changes.change_number,
    figure_changes.month
FROM figure_changes
INNER JOIN articles
    ON figure_changes.article_id = articles.article_id AND figure_changes.month = articles.month
LEFT JOIN readings
    ON
        figure_changes.article_id = readings.article_id
        AND figure_changes.month = readings.month
        -- readings are of the newest capture; said as an equality, so that not each row meets each other
        AND CASE WHEN figure_changes.capture_id = articles.capture_id THEN figure_changes.start_char END
        = readings.start_char
        AND figure_changes.end_char = readings.end_char
LEFT JOIN story_articles
    ON
        figure_changes.article_id = story_articles.article_id
        AND figure_changes.month = story_articles.month
