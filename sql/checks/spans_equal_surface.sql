-- purpose: the characters of a span are its surface
-- grain: one row per span whose characters are others
-- key: table_name, article_id, start_char
-- reads: articles, mentions, figures, dates, quotations
WITH spans AS (
    SELECT
        'mentions' AS table_name,
        article_id,
        start_char,
        end_char,
        surface,
        month
    FROM mentions
    UNION ALL
    SELECT
        'figures' AS table_name,
        article_id,
        start_char,
        end_char,
        surface,
        month
    FROM figures
    UNION ALL
    SELECT
        'dates' AS table_name,
        article_id,
        start_char,
        end_char,
        surface,
        month
    FROM dates
    UNION ALL
    SELECT
        'quotations.speaker' AS table_name,
        article_id,
        speaker_start_char AS start_char,
        speaker_end_char AS end_char,
        speaker AS surface,
        month
    FROM quotations
    WHERE speaker_start_char IS NOT NULL
)

SELECT
    spans.table_name,
    spans.article_id,
    spans.start_char,
    spans.surface,
    substr(articles.body_text, spans.start_char + 1, spans.end_char - spans.start_char) AS found
FROM spans
INNER JOIN articles ON spans.article_id = articles.article_id AND spans.month = articles.month
WHERE
    spans.surface <> substr(articles.body_text, spans.start_char + 1, spans.end_char - spans.start_char)
