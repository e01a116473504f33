-- A part of the report ranking: of its units those sought, in the order asked (what is sorted by is put before the usual order), beside their number.
SELECT *, toUInt64(count() OVER ()) AS found
FROM ranked_units(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    previous_as_of = {previous_as_of:Date32}, previous_from = {previous_from:Date32}, previous_to = {previous_to:Date32}, within = {within:String},
    programme = {programme:String}, focus = {focus:String}, scope = {scope:String}, group_name = {group_name:String})
WHERE {unit:String} IN ('', unit_id)
    AND ({search:String} = '' OR unit_id IN (SELECT unit_id FROM units_sought(load = {load:UInt64}, search = {search:String})))
    AND /* only */ true
ORDER BY /* order */ rank IS NULL, rank, unit_id
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
