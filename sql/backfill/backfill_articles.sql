-- purpose: candidates of a backfill of the extract stage or of stories: articles as they are
-- grain: one row per article
-- key: article_id
-- reads: articles, captures, sentences, story_articles, outcomes
-- parameters:
--   date_from date = null: first published_date; if unknown, day of publication or of fetching in UTC
--   date_to date = null: last day
--   outlets texts = null: only these outlets
--   only text = all: stale, failed, missing or all
--   stage text: extract or stories
--   fresh text: pattern of the code versions that today's code of that stage writes
WITH worked_articles AS (
    SELECT DISTINCT article_id
    FROM sentences
    WHERE $only = 'missing' AND $stage = 'extract'
    UNION ALL
    SELECT article_id
    FROM story_articles
    WHERE $only = 'missing' AND $stage = 'stories'
),

last_outcomes AS (
    SELECT
        capture_id,
        max_by(outcome, run_id) AS outcome
    FROM outcomes
    WHERE capture_id IS NOT NULL AND $only = 'failed'
    GROUP BY capture_id
),

undated AS (
    SELECT
        article_id,
        capture_id,
        month
    FROM articles
    WHERE published_at IS NULL
),

fetched AS (
    SELECT
        undated.article_id,
        captures.fetched_at
    FROM captures
    INNER JOIN undated ON captures.capture_id = undated.capture_id AND captures.month = undated.month
),

candidates AS (
    SELECT
        articles.article_id AS item_id,
        articles.article_id,
        articles.outlet,
        articles.code_version,
        last_outcomes.outcome,
        worked_articles.article_id IS NOT NULL AS is_worked,
        coalesce(articles.published_at, fetched.fetched_at) AS moment,
        coalesce(
            articles.published_date, cast(articles.published_at AS date), cast(fetched.fetched_at AS date)
        ) AS meant_day
    FROM articles
    LEFT JOIN fetched ON articles.article_id = fetched.article_id
    LEFT JOIN worked_articles ON articles.article_id = worked_articles.article_id
    LEFT JOIN last_outcomes ON articles.capture_id = last_outcomes.capture_id
    -- the month is that of the moment in UTC, at most a day from published_date; bound, it leaves out
    -- the files of all others
    WHERE
        articles.month >= coalesce(date_trunc('month', cast($date_from AS date) - 1), date '0001-01-01')
        AND articles.month <= coalesce(cast($date_to AS date) + 1, date '9999-12-01')
)

SELECT
    item_id,
    article_id,
    outlet,
    moment
FROM candidates
WHERE
    ($date_from IS NULL OR meant_day >= cast($date_from AS date))
    AND ($date_to IS NULL OR meant_day <= cast($date_to AS date))
    AND ($outlets IS NULL OR list_contains(cast($outlets AS varchar[]), outlet))
    AND CASE $only
        WHEN 'stale' THEN NOT regexp_matches(code_version, $fresh)
        WHEN 'failed' THEN outcome = 'quarantined'
        WHEN 'missing' THEN NOT is_worked
        ELSE TRUE
    END
ORDER BY moment DESC, item_id ASC
