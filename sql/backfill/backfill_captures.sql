-- purpose: candidates of a backfill from the clean stage on: captures that gave an article, and captures that
--   gave none
-- grain: one row per capture
-- key: capture_id
-- reads: captures, articles, outcomes
-- parameters:
--   date_from date = null: first published_date; if unknown, day of publication or of fetching in UTC
--   date_to date = null: last day
--   outlets texts = null: only these outlets
--   only text = all: stale, failed, missing or all
--   fresh text: pattern of the code versions that today's clean stage writes
WITH last_outcomes AS (
    SELECT
        capture_id,
        max_by(outcome, run_id) AS outcome
    FROM outcomes
    WHERE capture_id IS NOT NULL
    GROUP BY capture_id
),

candidates AS (
    SELECT
        captures.capture_id AS item_id,
        captures.outlet,
        articles.article_id,
        articles.code_version,
        last_outcomes.outcome,
        coalesce(articles.published_at, captures.fetched_at) AS moment,
        coalesce(
            articles.published_date, cast(articles.published_at AS date), cast(captures.fetched_at AS date)
        ) AS meant_day
    FROM captures
    LEFT JOIN articles ON captures.capture_id = articles.capture_id
    LEFT JOIN last_outcomes ON captures.capture_id = last_outcomes.capture_id
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
        WHEN 'stale' THEN article_id IS NOT NULL AND NOT regexp_matches(code_version, $fresh)
        WHEN 'failed' THEN article_id IS NULL AND outcome IN ('quarantined', 'rejected')
        WHEN 'missing' THEN article_id IS NULL AND outcome IS NULL
        ELSE article_id IS NOT NULL OR outcome IS NULL OR outcome IN ('quarantined', 'rejected')
    END
ORDER BY moment DESC, item_id ASC
