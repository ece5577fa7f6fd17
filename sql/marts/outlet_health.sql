-- purpose: the state of each outlet: freshness, outcomes of its inputs, how much the cleaner removed, and
--   which of its feeds, sitemaps and section pages are failing, gone, moved, unreadable, unchanged or
--     silent
-- grain: one row per outlet
-- key: outlet
-- reads: captures, articles, outcomes, removed_lines, figures, feed_health
-- columns:
--   outlet: Short name of the publisher
--   last_fetched_at: When something of the outlet was last fetched or loaded
--   last_published_at: Time of publication of its newest article
--   silent_hours: Hours between its newest article and the last fetching
--   capture_count: Captures: things fetched or loaded
--   article_count: Articles
--   input_count: Inputs with an outcome
--   accepted_count: Inputs that were accepted
--   unchanged_count: Inputs that were unchanged
--   duplicate_count: Inputs that were duplicates
--   rejected_count: Inputs that were rejected
--   quarantined_count: Inputs that were quarantined
--   commonest_rejection: The most frequent reason of rejection
--   mean_word_count: Mean number of words of an article
--   removed_ratio: Share that rules removed of the text between the first and the last line of bodies;
--     where it grows, the pages have changed or a rule takes too much
--   truncated_ratio: Share of articles that are cut off by a paywall or consent
--   undated_ratio: Share of articles without a time of publication
--   unsigned_ratio: Share of articles without an author
--   suspect_figure_ratio: Share of figures that look wrong
--   feed_count: Feeds, sitemaps and section pages that are followed
--   feed_problems: Those that are not good, each with its condition
WITH fetched AS (
    SELECT
        captures.outlet,
        count(*) AS capture_count,
        max(captures.fetched_at) AS last_fetched_at
    FROM captures
    GROUP BY captures.outlet
),

judged AS (
    SELECT
        captures.outlet,
        count(*) AS input_count,
        count(*) FILTER (WHERE outcomes.outcome = 'accepted') AS accepted_count,
        count(*) FILTER (WHERE outcomes.outcome = 'unchanged') AS unchanged_count,
        count(*) FILTER (WHERE outcomes.outcome = 'duplicate') AS duplicate_count,
        count(*) FILTER (WHERE outcomes.outcome = 'rejected') AS rejected_count,
        count(*) FILTER (WHERE outcomes.outcome = 'quarantined') AS quarantined_count,
        mode(outcomes.reason ORDER BY outcomes.reason) FILTER (
            WHERE outcomes.outcome = 'rejected'
        ) AS commonest_rejection
    FROM outcomes
    INNER JOIN captures ON outcomes.capture_id = captures.capture_id
    GROUP BY captures.outlet
),

removed AS (
    SELECT
        removed_lines.article_id,
        sum(length(removed_lines.text)) AS removed_chars
    FROM removed_lines
    WHERE removed_lines.section = 'body'
    GROUP BY removed_lines.article_id
),

doubtful AS (
    SELECT
        figures.article_id,
        count(*) AS figure_count,
        count(*) FILTER (WHERE figures.is_suspect) AS suspect_count
    FROM figures
    GROUP BY figures.article_id
),

written AS (
    SELECT
        articles.outlet,
        count(*) AS article_count,
        max(articles.published_at) AS last_published_at,
        avg(articles.word_count) AS mean_word_count,
        avg(articles.is_truncated::INTEGER) AS truncated_ratio,
        avg((articles.published_at IS NULL)::INTEGER) AS undated_ratio,
        avg((coalesce(len(articles.authors), 0) = 0)::INTEGER) AS unsigned_ratio,
        sum(coalesce(removed.removed_chars, 0))
        / sum(length(articles.body_text) + coalesce(removed.removed_chars, 0)) AS removed_ratio,
        sum(doubtful.suspect_count) / nullif(sum(doubtful.figure_count), 0) AS suspect_figure_ratio
    FROM articles
    LEFT JOIN removed ON articles.article_id = removed.article_id
    LEFT JOIN doubtful ON articles.article_id = doubtful.article_id
    GROUP BY articles.outlet
),

followed AS (
    SELECT
        feed_health.outlet,
        count(*) AS feed_count,
        list(concat(feed_health.condition, ' ', feed_health.feed_url) ORDER BY feed_health.feed_url)
        FILTER (WHERE feed_health.condition <> 'good') AS feed_problems
    FROM feed_health
    GROUP BY feed_health.outlet
),

known AS (
    SELECT outlet FROM fetched
    UNION
    SELECT outlet FROM followed
)

SELECT
    known.outlet,
    fetched.last_fetched_at,
    written.last_published_at,
    date_diff('hour', written.last_published_at, fetched.last_fetched_at) AS silent_hours,
    coalesce(fetched.capture_count, 0) AS capture_count,
    coalesce(written.article_count, 0) AS article_count,
    coalesce(judged.input_count, 0) AS input_count,
    judged.accepted_count,
    judged.unchanged_count,
    judged.duplicate_count,
    judged.rejected_count,
    judged.quarantined_count,
    judged.commonest_rejection,
    written.mean_word_count,
    written.removed_ratio,
    written.truncated_ratio,
    written.undated_ratio,
    written.unsigned_ratio,
    written.suspect_figure_ratio,
    coalesce(followed.feed_count, 0) AS feed_count,
    coalesce(followed.feed_problems, []) AS feed_problems
FROM known
LEFT JOIN fetched ON known.outlet = fetched.outlet
LEFT JOIN judged ON known.outlet = judged.outlet
LEFT JOIN written ON known.outlet = written.outlet
LEFT JOIN followed ON known.outlet = followed.outlet
