-- purpose: what became of inputs that the lake already holds byte for byte at the same address;
--          quarantined ones are left out, so that they are tried again
-- grain: one row per asked capture that is known
-- key: capture_id
-- reads: captures, outcomes
-- parameters:
--   capture_ids texts: ids of the inputs at hand
--   urls texts: their addresses, in the same order
--   digests texts: SHA-256 of their payloads, in the same order
WITH asked AS (
    SELECT
        unnest($capture_ids) AS capture_id,
        unnest($urls) AS url,
        unnest($digests) AS body_sha256
),

known AS (
    SELECT
        asked.capture_id,
        captures.capture_id AS known_capture_id,
        captures.url AS known_url,
        captures.fetched_at AS known_fetched_at,
        captures.warc_file,
        captures.warc_offset,
        captures.warc_length
    FROM asked
    INNER JOIN captures
        ON asked.url = captures.url AND asked.body_sha256 = captures.body_sha256
),

judged AS (
    SELECT
        known.*,
        max_by(outcomes.article_id, outcomes.run_id) AS article_id,
        max_by(outcomes.outcome, outcomes.run_id) AS outcome,
        max_by(outcomes.reason, outcomes.run_id) AS reason,
        max_by(outcomes.detail, outcomes.run_id) AS detail,
        max(outcomes.run_id) AS run_id
    FROM known
    INNER JOIN outcomes ON known.known_capture_id = outcomes.capture_id
    GROUP BY ALL
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
    detail
FROM judged
WHERE outcome <> 'quarantined'
QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY run_id DESC, known_capture_id ASC) = 1
