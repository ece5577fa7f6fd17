-- purpose: the articles of a story in the order of their publication
-- grain: one row per article in a story
-- key: story_id, article_id
-- reads: story_articles, stories, articles, duplicates
-- columns:
--   story_title: Title of the story
--   title: Title of the article
--   place: 1 for the first article of the story, and so on
--   hours_after_first: Hours after the first article of the story
--   copy_relation: How it repeats `original_article_id`: exact, near or rewrite; null where it is no copy
SELECT
    story_articles.story_id,
    stories.title AS story_title,
    row_number() OVER in_story AS place,
    articles.published_at,
    date_diff('second', first_value(articles.published_at) OVER in_story, articles.published_at)
    / 3600.0 AS hours_after_first,
    articles.outlet,
    articles.title,
    articles.article_id,
    articles.url,
    articles.word_count,
    duplicates.original_article_id,
    duplicates.relation AS copy_relation,
    story_articles.similarity_ratio,
    articles.month
FROM story_articles
INNER JOIN stories ON story_articles.story_id = stories.story_id
INNER JOIN articles
    ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
LEFT JOIN duplicates ON story_articles.article_id = duplicates.article_id
WINDOW in_story AS (
    PARTITION BY story_articles.story_id
    ORDER BY articles.published_at ASC NULLS LAST, articles.article_id ASC
)
