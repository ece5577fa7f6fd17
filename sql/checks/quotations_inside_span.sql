-- purpose: the words of a direct quotation are inside its span
-- grain: one row per quotation whose words do not
-- key: article_id, start_char
-- reads: articles, quotations
SELECT
    quotations.article_id,
    quotations.start_char,
    quotations.text AS quoted
FROM quotations
INNER JOIN articles ON quotations.article_id = articles.article_id AND quotations.month = articles.month
WHERE
    quotations.kind = 'direct'
    AND NOT contains(
        regexp_replace(
            substr(
                articles.body_text, quotations.start_char + 1, quotations.end_char - quotations.start_char
            ),
            '[\s"“”„«»‘’'']+', ' ', 'g'
        ),
        trim(regexp_replace(quotations.text, '[\s"“”„«»‘’'']+', ' ', 'g'))
    )
