-- purpose: every span is inside its article's text
-- grain: one row per span that does not
-- key: table_name, article_id, start_char
-- reads: articles, sentences, mentions, figures, dates, quotations
WITH spans AS (
    SELECT
        'sentences' AS table_name,
        article_id,
        start_char,
        end_char,
        month
    FROM sentences
    UNION ALL
    SELECT
        'mentions' AS table_name,
        article_id,
        start_char,
        end_char,
        month
    FROM mentions
    UNION ALL
    SELECT
        'figures' AS table_name,
        article_id,
        start_char,
        end_char,
        month
    FROM figures
    UNION ALL
    SELECT
        'dates' AS table_name,
        article_id,
        start_char,
        end_char,
        month
    FROM dates
    UNION ALL
    SELECT
        'quotations' AS table_name,
        article_id,
        start_char,
        end_char,
        month
    FROM quotations
    UNION ALL
    SELECT
        'quotations.speaker' AS table_name,
        article_id,
        speaker_start_char AS start_char,
        speaker_end_char AS end_char,
        month
    FROM quotations
    WHERE speaker_start_char IS NOT NULL OR speaker_end_char IS NOT NULL
),

-- a text is measured once, not for each of its spans
lengths AS (
    SELECT
        article_id,
        month,
        length(body_text) AS text_length
    FROM articles
)

SELECT
    spans.table_name,
    spans.article_id,
    spans.start_char,
    spans.end_char
FROM spans
INNER JOIN lengths ON spans.article_id = lengths.article_id AND spans.month = lengths.month
WHERE
    coalesce(spans.start_char, -1) < 0
    OR coalesce(spans.end_char, -1) <= spans.start_char
    OR spans.end_char > lengths.text_length
