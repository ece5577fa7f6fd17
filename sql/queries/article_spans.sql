-- purpose: everything marked in one article's text, in reading order
-- grain: one row per span
-- key: table_name, start_char, end_char
-- reads: articles, mentions, figures, dates, quotations
-- parameters:
--   article text: its id, URL or canonical URL
WITH asked AS (
    SELECT
        article_id,
        month,
        body_text
    FROM articles
    WHERE article_id = $article OR url = $article OR canonical_url = $article
),

spans AS (
    SELECT
        'mentions' AS table_name,
        article_id,
        month,
        start_char,
        end_char,
        concat_ws(', ', entity_type, role) AS meaning
    FROM mentions
    UNION ALL
    SELECT
        'figures' AS table_name,
        article_id,
        month,
        start_char,
        end_char,
        concat_ws(' ', kind, bound, value, unit, counted, suspect_reason) AS meaning
    FROM figures
    UNION ALL
    SELECT
        'dates' AS table_name,
        article_id,
        month,
        start_char,
        end_char,
        concat_ws(' ', granularity, starts_at) AS meaning
    FROM dates
    UNION ALL
    SELECT
        'quotations' AS table_name,
        article_id,
        month,
        start_char,
        end_char,
        concat_ws(' ', kind, speaker, cue) AS meaning
    FROM quotations
)

SELECT
    spans.start_char,
    spans.end_char,
    spans.table_name,
    span_of(asked.body_text, spans.start_char, spans.end_char) AS words,
    spans.meaning
FROM asked
INNER JOIN spans ON asked.article_id = spans.article_id AND asked.month = spans.month
ORDER BY spans.start_char ASC, spans.end_char DESC, spans.table_name ASC
