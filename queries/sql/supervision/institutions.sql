-- How many units of each ranking group have established each institution.
SELECT
    u.group_name AS group, count() AS units, countIf(length(e.established) = length({institutions:Array(String)})) AS complete,
    arrayMap(institution -> toUInt64(countEqual(arrayFlatten(groupArray(e.established)), institution)), {institutions:Array(String)}) AS established
FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS u
LEFT JOIN (
    SELECT unit_id, groupUniqArray(toString(institution)) AS established
    FROM established_institutions(...) GROUP BY unit_id
) AS e ON e.unit_id = u.unit_id
WHERE {group_name:String} IN ('', 'all', u.group_name)
GROUP BY group
ORDER BY indexOf({groups:Array(String)}, group)
