-- purpose: feeds, sitemaps and section pages that need attention, and why
-- grain: one row per listing that is not good
-- key: outlet, feed_url
-- reads: feed_health
SELECT
    outlet,
    feed_url AS feed,
    condition,
    CASE condition
        WHEN 'gone' THEN 'answers 410: take it out of copydesk.toml'
        WHEN 'failing' THEN concat('for ', failure_count, ' times: ', coalesce(problem, 'no answer'))
        WHEN 'moved' THEN concat('for good to ', moved_to_url)
        WHEN 'unreadable' THEN problem
        WHEN 'unchanged' THEN concat('for ', date_diff('day', changed_at, checked_at), ' days')
        ELSE concat('newest entry ', date_diff('day', newest_entry_at, checked_at), ' days old')
    END AS why,
    checked_at
FROM feed_health
WHERE condition <> 'good'
ORDER BY outlet, feed_url
