-- purpose: note each text that an article is landed with, and how many words came and went since the last;
--   a change of numbers alone (a counter, a date) is no revision
-- grain: one row per accepted capture whose words changed
-- key: capture_id
-- reads: decided, staged_articles, capture_times, articles
-- parameters:
--   first_month date = null: the first month of the articles met; bound, it leaves out the files before it
--   last_month date = null: their last month
INSERT INTO lake.main.article_revisions BY NAME
WITH standing AS (
    SELECT
        article_id,
        body_text
    FROM lake.main.articles
    WHERE month BETWEEN $first_month AND $last_month
),

changed AS (
    SELECT
        decided.article_id,
        decided.capture_id,
        decided.month,
        decided.reason,
        capture_times.fetched_at,
        staged.title,
        staged.text_sha256,
        staged.body_text AS new_text,
        coalesce(landed.body_text, '') AS old_text
    FROM decided
    INNER JOIN staged_articles AS staged
        ON decided.part = staged.part AND decided.article_id = staged.article_id
    INNER JOIN capture_times ON decided.capture_id = capture_times.capture_id
    LEFT JOIN standing AS landed ON decided.article_id = landed.article_id
    WHERE decided.reason IN ('new', 'updated')
),

words AS (
    SELECT
        capture_id,
        unnest(string_split_regex(new_text, '\s+')) AS word,
        1 AS step
    FROM changed
    UNION ALL
    SELECT
        capture_id,
        unnest(string_split_regex(old_text, '\s+')) AS word,
        -1 AS step
    FROM changed
    WHERE reason = 'updated'
),

balances AS (
    SELECT
        capture_id,
        word,
        sum(step) AS balance
    FROM words
    WHERE word <> ''
    GROUP BY capture_id, word
    HAVING sum(step) <> 0
),

counted AS (
    SELECT
        capture_id,
        sum(greatest(balance, 0))::BIGINT AS added_words_count,
        sum(greatest(-balance, 0))::BIGINT AS removed_words_count,
        bool_or(NOT regexp_matches(word, '\d')) AS has_words
    FROM balances
    GROUP BY capture_id
)

SELECT
    changed.capture_id,
    changed.article_id,
    changed.fetched_at,
    changed.title,
    changed.text_sha256,
    coalesce(counted.added_words_count, 0) AS added_words_count,
    coalesce(counted.removed_words_count, 0) AS removed_words_count,
    changed.month
FROM changed
LEFT JOIN counted ON changed.capture_id = counted.capture_id
WHERE changed.reason = 'new' OR counted.has_words;
