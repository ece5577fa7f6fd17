-- purpose: record the headlines and text that an article is landed with, and how many words were added and
--   removed since its last revision; changed_words leaves out reader counters and times of change
-- grain: one row per accepted capture that is new or was edited
-- key: capture_id
-- reads: decided, staged_articles, capture_times, changed_words
-- writes: article_revisions
-- needs: decided
INSERT INTO lake.main.article_revisions BY NAME
WITH landed AS (
    SELECT
        decided.capture_id,
        decided.article_id,
        decided.reason,
        decided.month,
        staged.title,
        staged.social_title,
        staged.text_sha256,
        concat_ws(chr(10), staged.title, staged.social_title, staged.body_text) AS all_text
    FROM decided
    INNER JOIN staged_articles AS staged
        ON decided.part = staged.part AND decided.article_id = staged.article_id
)

SELECT
    landed.capture_id,
    landed.article_id,
    capture_times.fetched_at,
    landed.title,
    landed.social_title,
    landed.text_sha256,
    coalesce(
        changed_words.added_words_count,
        -- split and counted: a regular expression takes twice the time. Most texts have no white space but
        -- spaces and line ends; to join their lines takes a fourth of the time of translate()
        len(
            list_filter(
                string_split(
                    if(
                        contains(landed.all_text, chr(9))
                        OR contains(landed.all_text, chr(12))
                        OR contains(landed.all_text, chr(13)),
                        translate(landed.all_text, concat(chr(9), chr(10), chr(12), chr(13)), '    '),
                        array_to_string(string_split(landed.all_text, chr(10)), ' ')
                    ),
                    ' '
                ),
                word -> word <> ''
            )
        )
    ) AS added_words_count,
    coalesce(changed_words.removed_words_count, 0) AS removed_words_count,
    -- the stories step compares the figures and quotations of edits
    landed.reason = 'new' AS is_compared,
    landed.month
FROM landed
INNER JOIN capture_times ON landed.capture_id = capture_times.capture_id
LEFT JOIN changed_words ON landed.capture_id = changed_words.capture_id
WHERE
    landed.reason = 'new'
    OR (landed.reason = 'updated' AND changed_words.capture_id IS NOT NULL);
