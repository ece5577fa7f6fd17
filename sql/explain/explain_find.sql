-- purpose: captures and articles that an id or an address can mean
-- grain: one row per pair of capture and article
-- key: capture_id, article_id
-- reads: captures, articles, outcomes
-- parameters:
--   asked text: an article_id, a capture_id, a URL, a path or the input as given
WITH named AS (
    SELECT
        captures.capture_id,
        outcomes.article_id
    FROM captures
    LEFT JOIN outcomes ON captures.capture_id = outcomes.capture_id
    WHERE
        captures.capture_id = $asked
        OR captures.url = $asked
        OR captures.final_url = $asked
        OR captures.url = 'file://' || $asked
        OR outcomes.input_ref = $asked
        OR outcomes.article_id = $asked
    UNION
    SELECT
        articles.capture_id,
        articles.article_id
    FROM articles
    WHERE articles.article_id = $asked OR articles.url = $asked OR articles.canonical_url = $asked
)

SELECT DISTINCT
    capture_id,
    article_id
FROM named
ORDER BY article_id, capture_id
