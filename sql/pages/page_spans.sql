-- purpose: what is marked in an article's text: figures, dates, names and quotations
-- grain: one row per span
-- key: kind, start_char, end_char
-- reads: figures, dates, mentions, quotations, entities
-- parameters:
--   article_id text: the article
SELECT
    'figure' AS kind,
    start_char,
    end_char,
    concat_ws(
        ', ',
        kind,
        nullif(bound, 'exact'),
        unit,
        counted,
        suspect_reason
    ) AS meaning,
    NULL AS entity_id
FROM figures
WHERE article_id = $article_id
UNION ALL
SELECT
    'date' AS kind,
    start_char,
    end_char,
    concat_ws(', ', granularity, strftime(starts_at, '%Y-%m-%d %H:%M')) AS meaning,
    NULL AS entity_id
FROM dates
WHERE article_id = $article_id
UNION ALL
SELECT
    'name' AS kind,
    mentions.start_char,
    mentions.end_char,
    concat_ws(', ', mentions.entity_type, entities.name, mentions.role) AS meaning,
    mentions.entity_id
FROM mentions
LEFT JOIN entities ON mentions.entity_id = entities.entity_id
WHERE mentions.article_id = $article_id
UNION ALL
SELECT
    'quotation' AS kind,
    start_char,
    end_char,
    concat_ws(', ', kind, speaker) AS meaning,
    NULL AS entity_id
FROM quotations
WHERE article_id = $article_id
ORDER BY start_char ASC, end_char DESC, kind ASC
