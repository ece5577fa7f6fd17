-- purpose: articles that no story holds yet, and those whose text a run changed
-- grain: one row per article
-- key: article_id
-- reads: articles, story_articles, outcomes
-- parameters:
--   run_id text: the run whose changed articles are compared with their copies again
SELECT articles.article_id
FROM articles
LEFT JOIN story_articles ON articles.article_id = story_articles.article_id
LEFT JOIN outcomes
    ON
        articles.article_id = outcomes.article_id
        AND outcomes.run_id = $run_id
        AND outcomes.reason = 'updated'
WHERE story_articles.article_id IS NULL OR outcomes.article_id IS NOT NULL
ORDER BY articles.published_at NULLS LAST, articles.article_id
