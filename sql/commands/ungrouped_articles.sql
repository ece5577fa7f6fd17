-- purpose: articles that no story holds yet, or whose text changed since they were signed
-- grain: one row per article
-- key: article_id
-- reads: articles, story_articles
SELECT
    articles.article_id,
    articles.month,
    articles.published_at
FROM articles
LEFT JOIN story_articles ON articles.article_id = story_articles.article_id
WHERE story_articles.article_id IS NULL
ORDER BY articles.published_at NULLS LAST, articles.article_id
