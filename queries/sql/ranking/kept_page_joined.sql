-- ranking/kept_page in an order that follows from names or from former places, which are looked up for all units.
SELECT s.unit_id AS unit_id, toUInt64(count() OVER ()) AS found
FROM edition_standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...) AS s
LEFT JOIN edition_places(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...) AS place
    ON place.standing = s.standing
LEFT JOIN (
    SELECT unit_id, standing
    FROM edition_standings(windows = {previous_window:Array(Tuple(Date32, Date32, Date32))}, ...)
    WHERE {previous_from:Date32} >= {beginning:Date32}
) AS before ON before.unit_id = s.unit_id
LEFT JOIN edition_places(windows = {previous_window:Array(Tuple(Date32, Date32, Date32))}, ...) AS previous
    ON previous.standing = before.standing
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = s.unit_id
WHERE {unit:String} IN ('', s.unit_id)
    AND ({search:String} = '' OR s.unit_id IN (SELECT unit_id FROM units_sought(...)))
    AND /* only */ true
ORDER BY /* order */ s.standing DESC, s.unit_id
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
