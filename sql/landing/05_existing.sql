-- purpose: capture, run, text and metadata of the lake's articles that the candidates meet
-- grain: one row per article of the lake
-- key: article_id
-- reads: met, articles
-- makes: existing
-- parameters:
--   first_month date = null: the first month of the articles met; a bound value keeps earlier files closed
--   last_month date = null: their last month
CREATE OR REPLACE TEMP TABLE existing AS
SELECT
    article.article_id,
    article.capture_id,
    article.run_id,
    article.month,
    article.text_sha256,
    hash((
        article.outlet,
        article.canonical_url,
        article.title,
        article.social_title,
        article.authors,
        article.byline,
        article.agency,
        article.section,
        article.language,
        article.published_at,
        article.published_precision,
        article.is_truncated
    )) AS metadata_hash
FROM lake.main.articles AS article
WHERE
    article.month BETWEEN $first_month AND $last_month
    AND article.article_id IN (SELECT met.article_id FROM met);
