-- The units just below one (root; empty: the topmost) that have units below them, with how many they are with these.
SELECT u.unit_id AS unit_id, u.name AS unit, below.units AS units
FROM (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64} AND parent_id = {root:String}) AS u
INNER JOIN (
    SELECT root_id, count() AS units FROM subtrees
    WHERE load_id = {load:UInt64} AND root_id IN (SELECT unit_id FROM units WHERE load_id = {load:UInt64} AND parent_id = {root:String})
    GROUP BY root_id
    HAVING units > 1
) AS below ON below.root_id = u.unit_id
ORDER BY unit_id
LIMIT {limit:UInt32}
