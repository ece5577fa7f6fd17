-- purpose: headlines and text of the updated articles, before and after; warehouse/landing/revisions.py
--   compares them and makes changed_words: one row per capture that an editor changed
-- grain: one row per updated article whose headlines or text differ
-- key: capture_id
-- reads: decided, staged_articles, articles
-- makes: changed_words
-- needs: decided
-- parameters:
--   first_month date = null: the first month of the articles met; a bound value keeps earlier files closed
--   last_month date = null: their last month
SELECT
    decided.capture_id,
    concat_ws(chr(10), landed.title, landed.social_title, landed.body_text) AS old_text,
    concat_ws(
        chr(10),
        staged.title,
        -- a missing social headline is a fact only where the code of now read the landed page
        if(
            landed.social_title IS NULL AND landed.code_version <> staged.code_version,
            NULL,
            staged.social_title
        ),
        staged.body_text
    ) AS new_text
FROM decided
INNER JOIN staged_articles AS staged
    ON decided.part = staged.part AND decided.article_id = staged.article_id
INNER JOIN lake.main.articles AS landed ON decided.article_id = landed.article_id
WHERE
    decided.reason = 'updated'
    AND landed.month BETWEEN $first_month AND $last_month
    AND (
        landed.text_sha256 <> staged.text_sha256
        OR landed.social_title IS DISTINCT FROM staged.social_title
    );
