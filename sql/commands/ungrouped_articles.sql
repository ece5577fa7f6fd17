-- purpose: articles that no story holds yet, and those that a run wrote anew
-- grain: one row per article
-- key: article_id
-- reads: articles, story_articles
-- parameters:
--   run_id text: the run whose articles count as new
SELECT articles.article_id
FROM articles
LEFT JOIN story_articles ON articles.article_id = story_articles.article_id
WHERE story_articles.article_id IS NULL OR articles.run_id = $run_id
ORDER BY articles.published_at NULLS LAST, articles.article_id
