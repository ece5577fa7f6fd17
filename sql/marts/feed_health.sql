-- purpose: the state of each feed, sitemap and section page: followed without trouble, failing, gone, moved,
--   unreadable, unchanged or silent for more than a week at the last request
-- grain: one row per listing that is followed
-- key: outlet, feed_url
-- reads: feed_cursors
-- columns:
--   condition: Its state: good, failing, gone, moved, unreadable, unchanged or silent (for more than a
--     week)
--   newest_entry_at: Time of the newest entry seen in it so far
SELECT
    outlet,
    feed_url,
    kind,
    CASE
        WHEN failure_count > 0 AND status_code = 410 THEN 'gone'
        WHEN failure_count > 0 AND (problem IS NULL OR status_code IS DISTINCT FROM 200) THEN 'failing'
        WHEN problem IS NOT NULL THEN 'unreadable'
        WHEN moved_to_url IS NOT NULL THEN 'moved'
        WHEN checked_at - changed_at > INTERVAL 7 DAY THEN 'unchanged'
        WHEN checked_at - high_water_at > INTERVAL 7 DAY THEN 'silent'
        ELSE 'good'
    END AS condition,
    status_code,
    failure_count,
    problem,
    moved_to_url,
    checked_at,
    changed_at,
    high_water_at AS newest_entry_at,
    entry_count
FROM feed_cursors
WHERE kind <> 'robots' AND dropped_at IS NULL
