-- What falls due next: of each day from the as-of day on and each item the obligations not yet met, and the first of the units that owe them.
SELECT
    t.due_on AS due_on, toString(t.item_id) AS item_id, any(i.name) AS item, toString(any(i.class)) AS class, any(t.units) AS units,
    any(t.obligations) AS obligations, arrayMap(named -> named.2, arraySort(groupArray((first_unit, u.name)))) AS names
FROM (
    SELECT
        due_on, item_id, sum(units) AS units, sum(obligations) AS obligations,
        arraySlice(arraySort(arrayFlatten(groupArray(first_units))), 1, 3) AS first_units
    FROM due_totals(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    WHERE due_on <= {as_of:Date32} + {days:UInt32} AND {group_name:String} IN ('', 'all', group_name)
    GROUP BY due_on, item_id
) AS t
ARRAY JOIN t.first_units AS first_unit
INNER JOIN (SELECT item_id, name, class FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = t.item_id
INNER JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = first_unit
GROUP BY t.due_on, t.item_id
ORDER BY due_on, obligations DESC, item_id
