-- purpose: record the headlines and text that an article is landed with, and how many words were added and
--   removed since its last revision; changed_words leaves out reader counters and times of change
-- grain: one row per accepted capture that is new or was edited
-- key: capture_id
-- reads: decided, staged_articles, capture_times, changed_words
-- writes: article_revisions
-- needs: decided
INSERT INTO lake.main.article_revisions BY NAME
SELECT
    decided.capture_id,
    decided.article_id,
    capture_times.fetched_at,
    staged.title,
    staged.social_title,
    staged.text_sha256,
    coalesce(
        changed_words.added_words_count,
        -- split and counted: a regular expression takes twice the time, a sixth of landing
        len(
            list_filter(
                string_split(
                    translate(
                        concat_ws(chr(10), staged.title, staged.social_title, staged.body_text),
                        concat(chr(9), chr(10), chr(12), chr(13)),
                        '    '
                    ),
                    ' '
                ),
                word -> word <> ''
            )
        )
    ) AS added_words_count,
    coalesce(changed_words.removed_words_count, 0) AS removed_words_count,
    -- the stories step compares the figures and quotations of edits
    decided.reason = 'new' AS is_compared,
    decided.month
FROM decided
INNER JOIN staged_articles AS staged
    ON decided.part = staged.part AND decided.article_id = staged.article_id
INNER JOIN capture_times ON decided.capture_id = capture_times.capture_id
LEFT JOIN changed_words ON decided.capture_id = changed_words.capture_id
WHERE
    decided.reason = 'new'
    OR (decided.reason = 'updated' AND changed_words.capture_id IS NOT NULL);
