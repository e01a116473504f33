-- The units of ranking/part, of a stored snapshot. Only where the order needs them (joined) are former places and names looked up for all.
SELECT s.unit_id AS unit_id, toUInt64(count() OVER ()) AS found
FROM edition_standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...) AS s
WHERE {unit:String} IN ('', unit_id)
    AND ({search:String} = '' OR unit_id IN (SELECT unit_id FROM units_sought(...)))
    AND /* only */ true
ORDER BY /* order */ standing DESC, unit_id
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
