-- The exemptions that cover a day of the window, or the days from it to the as-of day; '*' is every unit or item.
SELECT
    e.unit_id AS unit_id, u.name AS unit, e.item_id AS item_id, i.name AS item, e.from_on AS from_on, e.to_on AS to_on, e.reason AS reason, e.approved_by AS approved_by
FROM exemptions AS e
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = e.unit_id
LEFT JOIN (SELECT toString(item_id) AS item_id, name FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = e.item_id
WHERE e.load_id = {load:UInt64}
    AND ifNull(e.from_on <= greatest({to_on:Date32}, {as_of:Date32}), true) AND ifNull(e.to_on >= {from_on:Date32}, true)
    AND (e.unit_id = '*' OR e.unit_id IN (
        SELECT unit_id FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...)
        WHERE {group_name:String} IN ('', 'all', group_name)))
ORDER BY e.unit_id != '*', item_id, unit_id, from_on
