-- purpose: refuse a landing in which an input has two outcomes
-- grain: one row at most
-- key: none
-- reads: pending
-- gives: breach
SELECT concat('input ', min(input_ref), ' has two outcomes in one run') AS breach
FROM pending
GROUP BY input_ref
HAVING count(*) > 1
ORDER BY input_ref
LIMIT 1
