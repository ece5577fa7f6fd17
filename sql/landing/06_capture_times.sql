-- purpose: fetch times of the candidates' captures and of the captures of the articles they meet
-- grain: one row per capture
-- key: capture_id
-- reads: pending, existing, staged_captures, captures
-- makes: capture_times
CREATE OR REPLACE TEMP TABLE capture_times AS
WITH needed AS (
    SELECT pending.capture_id FROM pending
    WHERE pending.outcome = 'accepted'
    UNION
    SELECT existing.capture_id FROM existing
),

staged AS (
    SELECT
        staged_captures.capture_id,
        staged_captures.fetched_at
    FROM staged_captures
    SEMI JOIN needed ON staged_captures.capture_id = needed.capture_id
),

-- a landing of new articles has every capture staged: then the lake's, of all months, are not read
missing AS (
    SELECT needed.capture_id
    FROM needed
    ANTI JOIN staged ON needed.capture_id = staged.capture_id
),

found AS (
    SELECT * FROM staged
    UNION ALL
    SELECT
        landed.capture_id,
        landed.fetched_at
    FROM lake.main.captures AS landed
    SEMI JOIN missing ON landed.capture_id = missing.capture_id
)

SELECT
    found.capture_id,
    min(found.fetched_at) AS fetched_at
FROM found
GROUP BY found.capture_id;
