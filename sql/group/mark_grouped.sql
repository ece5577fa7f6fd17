-- purpose: record in articles that were grouped again that today's code did it
-- grain: one row per article that says otherwise
-- key: article_id
-- reads: articles
-- parameters:
--   ids texts: article_ids
--   part text: pattern of the stage's part of a code version
--   fresh text: pattern of the code versions that today's code of the stage writes
--   version text: the part that today's code writes, `stories.` and its fingerprint
--   first_month date = null: the articles' first month; a bound value keeps earlier files closed
--   last_month date = null: their last month
UPDATE articles
SET code_version = regexp_replace(code_version, $part, $version)
WHERE
    month BETWEEN $first_month AND $last_month
    AND article_id IN (SELECT unnest($ids))
    AND NOT regexp_matches(code_version, $fresh)
