-- A layer's unit results, from its obligations.
INSERT INTO kept_unit_results
SELECT {layer:UInt64}, *
FROM unit_results(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, unit = {unit:String}, programme = {programme:String}, focus = {focus:String})
