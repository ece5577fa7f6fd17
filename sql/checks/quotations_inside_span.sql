-- purpose: the words of a direct quotation are inside its span
-- grain: one row per quotation whose words do not
-- key: article_id, start_char
-- reads: articles, quotations
WITH spans AS (
    SELECT
        quotations.article_id,
        quotations.start_char,
        quotations.text AS quoted,
        span_of(articles.body_text, quotations.start_char, quotations.end_char) AS span
    FROM quotations
    INNER JOIN articles
        ON quotations.article_id = articles.article_id AND quotations.month = articles.month
    WHERE quotations.kind = 'direct'
)

SELECT
    article_id,
    start_char,
    quoted
FROM spans
WHERE
    -- marks and spaces are evened out only where the words are not there as they are
    CASE
        WHEN contains(span, quoted) THEN FALSE
        ELSE NOT contains(
            regexp_replace(span, '[\s"“”„«»‘’'']+', ' ', 'g'),
            trim(regexp_replace(quoted, '[\s"“”„«»‘’'']+', ' ', 'g'))
        )
    END
