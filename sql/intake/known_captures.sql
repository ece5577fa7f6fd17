-- purpose: outcomes of inputs that the lake already holds byte for byte at the same address, and whether
--   the article was edited in between, so that these bytes bring back an older version; quarantined
--   inputs are left out, so that they are tried again
-- grain: one row per given capture that is known
-- key: capture_id
-- reads: captures, outcomes
-- parameters:
--   capture_ids texts: ids of the inputs at hand
--   urls texts: their addresses, in the same order
--   digests texts: SHA-256 of their payloads, in the same order
--   fetched_at texts: when they were fetched (ISO 8601, with a zone), in the same order
WITH asked AS (
    SELECT
        unnest($capture_ids) AS capture_id,
        unnest($urls) AS url,
        unnest($digests) AS body_sha256,
        cast(unnest($fetched_at) AS timestamptz) AS fetched_at
),

met AS (
    SELECT
        asked.capture_id,
        asked.fetched_at,
        asked.body_sha256 = captures.body_sha256 AS is_same,
        captures.capture_id AS known_capture_id,
        captures.url AS known_url,
        captures.fetched_at AS known_fetched_at,
        captures.warc_file,
        captures.warc_offset,
        captures.warc_length
    FROM asked
    INNER JOIN captures ON asked.url = captures.url
),

judged AS (
    SELECT
        met.*,
        max_by(outcomes.article_id, outcomes.run_id) AS article_id,
        max_by(outcomes.outcome, outcomes.run_id) AS outcome,
        max_by(outcomes.reason, outcomes.run_id) AS reason,
        max_by(outcomes.detail, outcomes.run_id) AS detail,
        bool_or(outcomes.outcome = 'accepted') AS was_accepted
    FROM met
    INNER JOIN outcomes ON met.known_capture_id = outcomes.capture_id
    GROUP BY ALL
),

known AS (
    SELECT *
    FROM judged
    WHERE is_same AND outcome <> 'quarantined'
    QUALIFY
        row_number() OVER (PARTITION BY capture_id ORDER BY known_fetched_at DESC, known_capture_id ASC) = 1
),

edited AS (
    SELECT known.capture_id
    FROM known
    INNER JOIN judged AS later ON known.capture_id = later.capture_id AND known.article_id = later.article_id
    WHERE
        later.was_accepted
        AND NOT later.is_same
        AND later.known_fetched_at > known.known_fetched_at
        AND later.known_fetched_at < known.fetched_at
)

SELECT
    capture_id,
    known_capture_id,
    known_url,
    known_fetched_at,
    warc_file,
    warc_offset,
    warc_length,
    article_id,
    outcome,
    reason,
    detail,
    capture_id IN (SELECT edited.capture_id FROM edited) AS is_superseded
FROM known
