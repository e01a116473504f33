SELECT *
FROM ranked_units(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    previous_as_of = {previous_as_of:Date32}, previous_from = {previous_from:Date32}, previous_to = {previous_to:Date32}, within = {within:String},
    programme = {programme:String}, focus = {focus:String}, scope = {scope:String}, group_name = {group_name:String})
WHERE {unit:String} IN ('', unit_id)
ORDER BY rank IS NULL, rank, unit_id
