-- purpose: who is quoted most, and by how many outlets
-- grain: one row per speaker
-- key: speaker
-- reads: quotations, articles, entities
-- parameters:
--   outlet text = null: only this outlet
--   since date = null: only articles published on this day or later
--   limit integer = 20: rows at most
SELECT
    coalesce(entities.name, quotations.speaker) AS speaker,
    mode(quotations.speaker ORDER BY quotations.speaker) FILTER (
        WHERE lower(quotations.speaker) NOT IN ('he', 'she', 'they', 'him', 'her')
    ) AS usually_printed,
    count(*) AS quotation_count,
    count(*) FILTER (WHERE quotations.kind <> 'indirect') AS direct_count,
    count(DISTINCT quotations.article_id) AS article_count,
    count(DISTINCT articles.outlet) AS outlet_count,
    mode(quotations.cue ORDER BY quotations.cue) AS usual_cue
FROM quotations
INNER JOIN articles ON quotations.article_id = articles.article_id AND quotations.month = articles.month
LEFT JOIN entities ON quotations.speaker_entity_id = entities.entity_id
WHERE
    quotations.speaker IS NOT NULL
    AND NOT quotations.is_anonymous
    AND ($outlet::VARCHAR IS NULL OR articles.outlet = $outlet)
    AND ($since::DATE IS NULL OR articles.published_at >= $since::DATE)
GROUP BY coalesce(entities.name, quotations.speaker)
ORDER BY quotation_count DESC, speaker ASC
LIMIT $limit
