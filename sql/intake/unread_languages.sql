-- purpose: in which languages other than English a run landed articles, and in how many of them something was read
-- grain: one row per language
-- key: language
-- reads: articles, mentions, figures, dates, quotations
-- parameters:
--   run_id text: the run
SELECT
    coalesce(articles.language, 'an unknown language') AS language,
    count(*) AS article_count,
    count(*) FILTER (WHERE articles.article_id IN (SELECT mentions.article_id FROM mentions)) AS names_count,
    count(*) FILTER (WHERE articles.article_id IN (SELECT figures.article_id FROM figures)) AS figures_count,
    count(*) FILTER (WHERE articles.article_id IN (SELECT dates.article_id FROM dates)) AS dates_count,
    count(*) FILTER (WHERE articles.article_id IN (SELECT quotations.article_id FROM quotations))
        AS quotations_count
FROM articles
WHERE articles.run_id = $run_id AND NOT starts_with(coalesce(articles.language, ''), 'en')
GROUP BY ALL
ORDER BY article_count DESC, language ASC
