-- purpose: how far each feed, sitemap, section page and robots.txt was followed
-- grain: one row per listing
-- key: outlet, feed_url
-- reads: feed_cursors
SELECT *
FROM feed_cursors
ORDER BY outlet, feed_url
