-- purpose: the outlets that the lake has something of
-- grain: one row per outlet
-- key: outlet
-- reads: captures
SELECT DISTINCT outlet
FROM captures
ORDER BY outlet
