-- What each ranking group did for each item in the window: the units with something assessed, and sums over all its units.
CREATE OR REPLACE VIEW item_totals AS
SELECT
    u.group_name AS group_name, p.item_id AS item_id, countIf(p.assessed > 0) AS units, sum(p.assessed) AS assessed, sum(p.met) AS met,
    sum(p.on_time) AS on_time, sum(p.lapsed) AS lapsed
FROM item_results(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, unit = {unit:String}, programme = {programme:String}, focus = {focus:String}) AS p
INNER JOIN (
    SELECT unit_id, group_name FROM active_units(load = {load:UInt64}, as_of = {as_of:Date32}, within = {within:String}, unit = {unit:String})
) AS u ON u.unit_id = p.unit_id
GROUP BY u.group_name, p.item_id
