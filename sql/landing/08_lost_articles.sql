-- purpose: refuse a landing in which an accepted input has no article row, or no capture
-- grain: one row at most
-- key: none
-- reads: pending, decided
-- gives: breach
SELECT concat('input ', min(pending.input_ref), ' was accepted without its article row or capture') AS breach
FROM pending
ANTI JOIN decided ON pending.input_ref = decided.input_ref
WHERE pending.outcome = 'accepted'
HAVING count(*) > 0
