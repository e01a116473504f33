-- How many units a ranking has, and how many of each kind: those with a rank, of each rating among them, with something lapsed; and what supervision
-- found at them.
SELECT
    count() AS units, countIf(unranked = '') AS ranked, countIf(lapsed + carried_lapsed > 0) AS lapsing,
    sumMapIf(map(assumeNotNull(rating), toUInt64(1)), unranked = '') AS ratings,
    sum(s.open_rectifications) AS open_rectifications, sum(s.overdue_rectifications) AS overdue_rectifications, sum(s.yellow_cards) AS yellow_cards,
    countIf(s.overdue_rectifications > 0) AS overdue_units
FROM standings(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, programme = {programme:String}, focus = {focus:String}, pool = {scope:String}, group_name = {group_name:String}) AS s
WHERE {unit:String} IN ('', unit_id)
