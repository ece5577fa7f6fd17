-- purpose: how much of each outlet's quoting is of unnamed sources
-- grain: one row per outlet
-- key: outlet
-- reads: quotations, articles
-- parameters:
--   since date = null: only articles published on this day or later
--   min_quotations integer = 1: only outlets with at least this many quotations
SELECT
    articles.outlet,
    count(*) AS quotation_count,
    count(*) FILTER (WHERE quotations.is_anonymous) AS anonymous_count,
    count(*) FILTER (WHERE quotations.speaker IS NULL) AS unattributed_count,
    avg(quotations.is_anonymous::INTEGER) AS anonymous_ratio,
    mode(lower(quotations.speaker) ORDER BY lower(quotations.speaker)) FILTER (
        WHERE quotations.is_anonymous
    ) AS usual_description
FROM quotations
INNER JOIN articles ON quotations.article_id = articles.article_id AND quotations.month = articles.month
WHERE $since::DATE IS NULL OR articles.published_at >= $since::DATE
GROUP BY articles.outlet
HAVING count(*) >= $min_quotations
ORDER BY anonymous_ratio DESC, articles.outlet ASC
