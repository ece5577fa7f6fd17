-- purpose: the sentence that a span names is there and holds the span's first character
-- grain: one row per span without it
-- key: table_name, article_id, start_char
-- reads: mentions, figures, dates, quotations, sentences
WITH spans AS (
    SELECT
        'mentions' AS table_name,
        article_id,
        start_char,
        sentence_number,
        month
    FROM mentions
    UNION ALL
    SELECT
        'figures' AS table_name,
        article_id,
        start_char,
        sentence_number,
        month
    FROM figures
    UNION ALL
    SELECT
        'dates' AS table_name,
        article_id,
        start_char,
        sentence_number,
        month
    FROM dates
    UNION ALL
    SELECT
        'quotations' AS table_name,
        article_id,
        start_char,
        sentence_number,
        month
    FROM quotations
)

SELECT
    spans.table_name,
    spans.article_id,
    spans.start_char,
    spans.sentence_number
FROM spans
ANTI JOIN sentences
    ON
        spans.article_id = sentences.article_id
        AND spans.month = sentences.month
        AND spans.sentence_number = sentences.sentence_number
        AND spans.start_char >= sentences.start_char
        AND spans.start_char < sentences.end_char
WHERE spans.sentence_number IS NOT NULL
