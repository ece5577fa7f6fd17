-- purpose: the articles of a story in the order of their publication
-- grain: one row per article in a story
-- key: story_id, article_id
-- reads: story_articles, stories, articles, duplicates
-- columns:
--   story_title: Title of the story
--   title: Title of the article
--   place: 1 for the first article, and so on; one without a time counts as of the end of its day
--   hours_after_first: Hours after the first article; null where only the day of one of them is known
--   copy_relation: How it repeats `original_article_id`: exact, near or rewrite; null if it is not a copy
WITH told AS (
    SELECT
        story_articles.story_id,
        stories.title AS story_title,
        articles.published_at,
        articles.published_precision,
        articles.outlet,
        articles.title,
        articles.url,
        articles.canonical_url,
        articles.word_count,
        duplicates.original_article_id,
        duplicates.relation AS copy_relation,
        story_articles.similarity_ratio,
        articles.article_id,
        articles.month,
        articles.published_at
        + CASE WHEN articles.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END
            AS known_by
    FROM story_articles
    INNER JOIN stories ON story_articles.story_id = stories.story_id
    INNER JOIN articles
        ON story_articles.article_id = articles.article_id AND story_articles.month = articles.month
    LEFT JOIN duplicates ON story_articles.article_id = duplicates.article_id
)

SELECT
    told.outlet,
    told.title,
    told.published_at,
    told.published_precision,
    row_number() OVER in_story AS place,
    CASE
        WHEN
            told.published_precision <> 'day'
            AND first_value(told.published_precision) OVER in_story <> 'day'
            THEN
                round(
                    date_diff('second', first_value(told.published_at) OVER in_story, told.published_at)
                    / 3600.0,
                    2
                )
    END AS hours_after_first,
    told.word_count,
    told.copy_relation,
    told.similarity_ratio,
    told.url,
    told.canonical_url,
    told.story_title,
    told.story_id,
    told.article_id,
    told.original_article_id,
    told.month
FROM told
WINDOW in_story AS (
    PARTITION BY told.story_id
    ORDER BY told.known_by ASC NULLS LAST, told.article_id ASC
)
