-- purpose: write into articles that were grouped again which code of the stage did it
-- grain: one row per article that says otherwise
-- key: article_id
-- reads: articles
-- parameters:
--   ids texts: article_ids
--   version text: `group.` and the fingerprint of the code
--   first_month date = null: the articles' first month; bound, it leaves out the files before it
--   last_month date = null: their last month
UPDATE articles
SET code_version = regexp_replace(code_version, '\bgroup\.[0-9a-f]+', $version)
WHERE
    month BETWEEN $first_month AND $last_month
    AND list_contains($ids, article_id)
    AND NOT contains(code_version, $version)
