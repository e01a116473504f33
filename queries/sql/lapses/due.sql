-- What falls due next: of each day after the as-of day and each item the obligations not yet met, and the first of the units that owe them.
SELECT
    assumeNotNull(due_on) AS due_on, toString(item_id) AS item_id, any(item) AS item, toString(any(class)) AS class,
    uniqExact(unit_id) AS units, count() AS obligations,
    arrayMap(named -> named.2, arraySlice(arraySort(groupUniqArray((unit_id, unit))), 1, {named:UInt32})) AS names
FROM named_obligations(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {listed_within:String}, unit = {listed_unit:String}, programme = {programme:String}, focus = {focus:String}, group_name = {group_name:String})
WHERE state = 'pending' AND due_on <= {as_of:Date32} + {days:UInt32}
GROUP BY due_on, item_id
ORDER BY due_on, obligations DESC, item_id
