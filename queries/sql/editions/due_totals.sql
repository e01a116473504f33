-- A layer's totals of what falls due next, from its obligations.
INSERT INTO kept_due_totals
SELECT {layer:UInt64}, group_name, due_on, item_id, units, obligations, first_units
FROM due_totals(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, unit = {unit:String}, programme = {programme:String}, focus = {focus:String})
