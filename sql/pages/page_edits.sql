-- purpose: when the articles of a story were found changed after they were first read
-- grain: one row per article that changed
-- key: article_id
-- reads: story_articles, article_revisions
-- parameters:
--   story_id text: the story
SELECT
    article_revisions.article_id,
    list(article_revisions.fetched_at ORDER BY article_revisions.fetched_at) AS edited_at
FROM story_articles
INNER JOIN article_revisions ON story_articles.article_id = article_revisions.article_id
WHERE
    story_articles.story_id = $story_id
    AND article_revisions.added_words_count + article_revisions.removed_words_count > 0
    AND article_revisions.fetched_at > (
        SELECT min(first_one.fetched_at)
        FROM article_revisions AS first_one
        WHERE first_one.article_id = article_revisions.article_id
    )
GROUP BY article_revisions.article_id
