-- purpose: what is marked in the texts of articles: figures, dates, names and quotations
-- grain: one row per span
-- key: article_id, kind, start_char, end_char
-- reads: figures, dates, mentions, quotations, entities
-- parameters:
--   article_ids texts: the articles
SELECT
    article_id,
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
WHERE list_contains($article_ids, article_id)
UNION ALL
SELECT
    article_id,
    'date' AS kind,
    start_char,
    end_char,
    concat_ws(', ', granularity, strftime(starts_at, '%Y-%m-%d %H:%M')) AS meaning,
    NULL AS entity_id
FROM dates
WHERE list_contains($article_ids, article_id)
UNION ALL
SELECT
    mentions.article_id,
    'name' AS kind,
    mentions.start_char,
    mentions.end_char,
    concat_ws(', ', mentions.entity_type, entities.name, mentions.role) AS meaning,
    mentions.entity_id
FROM mentions
LEFT JOIN entities ON mentions.entity_id = entities.entity_id
WHERE list_contains($article_ids, mentions.article_id)
UNION ALL
SELECT
    article_id,
    'quotation' AS kind,
    start_char,
    end_char,
    concat_ws(', ', kind, speaker) AS meaning,
    NULL AS entity_id
FROM quotations
WHERE list_contains($article_ids, article_id)
ORDER BY article_id ASC, start_char ASC, end_char DESC, kind ASC
