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

found AS (
    SELECT
        staged.capture_id,
        staged.fetched_at
    FROM staged_captures AS staged
    UNION ALL
    SELECT
        landed.capture_id,
        landed.fetched_at
    FROM lake.main.captures AS landed
)

SELECT
    found.capture_id,
    min(found.fetched_at) AS fetched_at
FROM found
WHERE found.capture_id IN (SELECT needed.capture_id FROM needed)
GROUP BY found.capture_id;
