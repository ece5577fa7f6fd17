-- purpose: new articles and the articles of stories near them in time, with what grouping needs
-- grain: one row per article
-- key: article_id
-- reads: articles, mentions, dates, duplicates, story_articles, stories
-- parameters:
--   article_ids texts: the new articles
--   days integer = 10: how far apart in time articles of one story may lie
WITH asked AS (
    SELECT unnest($article_ids) AS article_id
),

span AS (
    SELECT
        min(articles.published_at) - to_days($days) AS first_at,
        max(articles.published_at) + to_days($days) AS last_at,
        count(*) > count(articles.published_at) AS has_undated
    FROM articles
    INNER JOIN asked ON articles.article_id = asked.article_id
),

near AS (
    SELECT story_articles.article_id
    FROM story_articles
    INNER JOIN stories ON story_articles.story_id = stories.story_id
    CROSS JOIN span
    WHERE
        (stories.last_published_at >= span.first_at AND stories.first_published_at <= span.last_at)
        OR stories.last_published_at IS NULL
    UNION
    SELECT article_id FROM asked
),

named AS (
    SELECT
        mentions.article_id,
        list_sort(list_distinct(list(mentions.entity_id))) AS entity_ids
    FROM mentions
    INNER JOIN near ON mentions.article_id = near.article_id
    WHERE mentions.entity_id IS NOT NULL
    GROUP BY mentions.article_id
),

dated AS (
    SELECT
        dates.article_id,
        list_sort(list_distinct(list(dates.starts_at))) AS event_dates
    FROM dates
    INNER JOIN near ON dates.article_id = near.article_id
    WHERE dates.granularity = 'day' AND dates.starts_at IS NOT NULL
    GROUP BY dates.article_id
)

SELECT
    articles.article_id,
    articles.outlet,
    articles.month,
    articles.title,
    substr(articles.body_text, 1, 2500) AS body_text,
    articles.published_at,
    named.entity_ids,
    dated.event_dates,
    duplicates.original_article_id,
    story_articles.story_id,
    articles.article_id IN (SELECT asked.article_id FROM asked) AS is_new
FROM near
INNER JOIN articles ON near.article_id = articles.article_id
LEFT JOIN named ON near.article_id = named.article_id
LEFT JOIN dated ON near.article_id = dated.article_id
LEFT JOIN duplicates ON near.article_id = duplicates.article_id
LEFT JOIN story_articles ON near.article_id = story_articles.article_id
ORDER BY articles.article_id
