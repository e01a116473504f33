-- A layer's totals by month, from its obligations.
INSERT INTO kept_month_totals
SELECT {layer:UInt64}, group_name, month, on_time, late, lapsed, evidenced, unverified, pending, units, met_units, members, met_members
FROM month_totals(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, unit = {unit:String}, programme = {programme:String}, focus = {focus:String})
