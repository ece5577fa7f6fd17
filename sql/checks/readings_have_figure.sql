-- purpose: a reading is a figure of its article, and its question is one of the article's story
-- grain: one row per reading that is not
-- key: article_id, start_char, end_char
-- reads: readings, figures, questions, story_articles
SELECT
    readings.article_id,
    readings.start_char,
    readings.end_char,
    readings.question_id
FROM readings
LEFT JOIN figures
    ON
        readings.article_id = figures.article_id
        AND readings.start_char = figures.start_char
        AND readings.end_char = figures.end_char
        AND readings.month = figures.month
LEFT JOIN questions ON readings.question_id = questions.question_id
LEFT JOIN story_articles
    ON
        readings.article_id = story_articles.article_id
        AND readings.month = story_articles.month
        AND questions.story_id = story_articles.story_id
WHERE figures.article_id IS NULL OR story_articles.article_id IS NULL
