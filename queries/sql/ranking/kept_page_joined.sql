-- ranking/kept_page in an order that follows from names or from former places, which are looked up for all units.
SELECT s.unit_id AS unit_id, toUInt64(count() OVER ()) AS found
FROM edition_standings(...) AS s
LEFT JOIN edition_places(...) AS place
    ON place.standing = s.standing
LEFT JOIN (
    SELECT unit_id, standing
    FROM edition_standings(as_of = {previous_as_of:Date32}, from_on = {previous_from:Date32}, to_on = {previous_to:Date32}, ...)
    WHERE {previous_from:Date32} >= (SELECT beginning_on FROM beginning(...))
) AS before ON before.unit_id = s.unit_id
LEFT JOIN edition_places(as_of = {previous_as_of:Date32}, from_on = {previous_from:Date32}, to_on = {previous_to:Date32}, ...) AS previous
    ON previous.standing = before.standing
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = s.unit_id
WHERE {unit:String} IN ('', s.unit_id)
    AND ({search:String} = '' OR s.unit_id IN (SELECT unit_id FROM units_sought(...)))
    AND /* only */ true
ORDER BY /* order */ s.standing DESC, s.unit_id
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
