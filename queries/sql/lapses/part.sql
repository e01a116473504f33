-- A part of the report lapsed.
SELECT * EXCEPT (in_window, lapsed, period_no, happened_on, event_key)
FROM named_obligations(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {listed_within:String}, unit = {listed_unit:String}, programme = {programme:String}, focus = {focus:String}, group_name = {group_name:String})
WHERE state = 'lapsed' AND lapsed
ORDER BY lapsed_after_on, unit_id, item_id, period
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
