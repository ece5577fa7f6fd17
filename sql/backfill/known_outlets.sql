-- purpose: the outlets that have captures in the lake
-- grain: one row per outlet
-- key: outlet
-- reads: captures
SELECT DISTINCT outlet
FROM captures
ORDER BY outlet
