-- The units that lack an institution, those that lack most first: a part of them beside their number.
SELECT u.unit_id AS unit_id, u.name AS unit, u.group_name AS group, e.established AS established, count() OVER () AS found
FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS u
LEFT JOIN (
    SELECT unit_id, groupUniqArray(toString(institution)) AS established
    FROM established_institutions(...) GROUP BY unit_id
) AS e ON e.unit_id = u.unit_id
WHERE {group_name:String} IN ('', 'all', u.group_name) AND length(e.established) < length({institutions:Array(String)})
ORDER BY length(established), indexOf({groups:Array(String)}, group), unit_id
LIMIT {limit:UInt32}
