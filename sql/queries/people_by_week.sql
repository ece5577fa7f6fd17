-- purpose: who the news names most, week by week (weeks begin on Monday, UTC)
-- grain: one row per week and person
-- key: week_start, entity_id
-- reads: mentions, entities, articles
-- parameters:
--   most integer = 5: people in a week
--   outlet text = null: only this outlet
WITH counted AS (
    SELECT
        date_trunc('week', coalesce(articles.published_date, articles.published_at::DATE))::DATE
            AS week_start,
        entities.name AS person,
        mode(mentions.role ORDER BY mentions.role) FILTER (WHERE mentions.role IS NOT NULL) AS usual_role,
        count(DISTINCT mentions.article_id) AS article_count,
        count(DISTINCT articles.outlet) AS outlet_count,
        count(*) AS mention_count,
        entities.entity_id
    FROM mentions
    INNER JOIN entities ON mentions.entity_id = entities.entity_id
    INNER JOIN articles ON mentions.article_id = articles.article_id AND mentions.month = articles.month
    WHERE
        mentions.entity_type = 'person'
        AND articles.published_at IS NOT NULL
        AND ($outlet::VARCHAR IS NULL OR articles.outlet = $outlet)
    GROUP BY ALL
)

SELECT *
FROM counted
QUALIFY
    row_number() OVER (
        PARTITION BY week_start
        ORDER BY article_count DESC, mention_count DESC, entity_id ASC
    ) <= $most
ORDER BY week_start ASC, article_count DESC, mention_count DESC, entity_id ASC
