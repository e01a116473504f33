-- The units of ranking/part, of what an edition keeps. Only where the order needs them (joined) are former places and names looked up for all.
SELECT s.unit_id AS unit_id, toUInt64(count() OVER ()) AS found
FROM edition_standings(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, programme = {programme:String}, focus = {focus:String}, group_name = {group_name:String}) AS s
WHERE {unit:String} IN ('', unit_id)
    AND ({search:String} = '' OR unit_id IN (SELECT unit_id FROM units_sought(load = {load:UInt64}, search = {search:String})))
    AND /* only */ true
ORDER BY /* order */ standing DESC, unit_id
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
