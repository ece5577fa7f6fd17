-- purpose: headline and text of articles that are landed changed, as they were and as they are
-- grain: one row per updated article whose headline or text is another
-- key: capture_id
-- reads: decided, staged_articles, articles
-- parameters:
--   first_month date = null: the first month of the articles met; bound, it leaves out the files before it
--   last_month date = null: their last month
SELECT
    decided.capture_id,
    concat_ws(chr(10), landed.title, landed.body_text) AS old_text,
    concat_ws(chr(10), staged.title, staged.body_text) AS new_text
FROM decided
INNER JOIN staged_articles AS staged
    ON decided.part = staged.part AND decided.article_id = staged.article_id
INNER JOIN lake.main.articles AS landed ON decided.article_id = landed.article_id
WHERE
    decided.reason = 'updated'
    AND landed.month BETWEEN $first_month AND $last_month
    AND landed.text_sha256 <> staged.text_sha256;
