-- The parts of a load, each with a hash of all that its answers follow from but records and collections: of two loads only the
-- parts whose hash differs are computed again.
WITH
    (SELECT cityHash64(groupArray((day, working))) FROM (SELECT day, working FROM days WHERE load_id = {load:UInt64} ORDER BY day)) AS calendar,
    (SELECT cityHash64(any(tuple(* EXCEPT (load_id, loaded_at, hash, program)))) FROM loads WHERE load_id = {load:UInt64}) AS settings,
    (
        SELECT cityHash64(groupArray((item_id, programme, focus, scopes)))
        FROM (SELECT * FROM items WHERE load_id = {load:UInt64} ORDER BY item_id)
    ) AS audiences, -- overexposure is computed of every item's records
    hashed_units AS (
        SELECT unit_id, cityHash64(tuple(* EXCEPT (load_id, name, aliases, contact, demonstration_since, stars))) AS hash
        FROM units WHERE load_id = {load:UInt64}
    ),
    hashed_duties AS (
        SELECT d.unit_id AS unit_id, groupBitXor(cityHash64(tuple(d.* EXCEPT (load_id)), p.hash, if(d.working, ifNull(calendar, 0), 0))) AS hash
        FROM (SELECT * FROM duties WHERE load_id = {load:UInt64}) AS d
        LEFT JOIN (
            SELECT item_id, groupBitXor(cityHash64(period_no, period, due_on)) AS hash FROM item_periods WHERE load_id = {load:UInt64} GROUP BY item_id
        ) AS p ON p.item_id = d.item_id
        GROUP BY d.unit_id
    ),
    hashed_notices AS (
        SELECT unit_id, groupBitXor(hash) AS hash
        FROM (
            SELECT unit_id, cityHash64(tuple(* EXCEPT (load_id))) AS hash FROM notices WHERE load_id = {load:UInt64}
            UNION ALL -- where the file's notice stands in the place of one of the register
            SELECT DISTINCT unit_id, cityHash64('instead', notice_id) FROM notice_events
            WHERE notice_id IN (SELECT notice_id FROM notices WHERE load_id = {load:UInt64})
        )
        GROUP BY unit_id
    ),
    hashed_institutions AS (
        SELECT unit_id, groupBitXor(cityHash64(tuple(* EXCEPT (load_id)))) AS hash FROM institutions WHERE load_id = {load:UInt64} GROUP BY unit_id
    )
SELECT
    s.root_id AS locality,
    cityHash64(ifNull(settings, 0), ifNull(audiences, 0), ifNull(groupBitXor(cityHash64(u.hash, ifNull(d.hash, 0), ifNull(n.hash, 0), ifNull(i.hash, 0))), 0)) AS duties
FROM (SELECT root_id, unit_id FROM subtrees WHERE load_id = {load:UInt64} AND startsWith(root_id, '\x01')) AS s
INNER JOIN hashed_units AS u ON u.unit_id = s.unit_id
LEFT JOIN hashed_duties AS d ON d.unit_id = s.unit_id
LEFT JOIN hashed_notices AS n ON n.unit_id = s.unit_id
LEFT JOIN hashed_institutions AS i ON i.unit_id = s.unit_id
GROUP BY s.root_id
ORDER BY s.root_id
