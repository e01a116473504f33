SELECT toString(item_id) AS item_id, name AS item, toString(class) AS class, toString(programme) AS programme
FROM items
WHERE load_id = {load:UInt64} AND item_id IN (
    SELECT item_id FROM duties
    WHERE load_id = {load:UInt64} AND ifNull(active_from <= {as_of:Date32}, true) AND ifNull(active_to >= {as_of:Date32}, true))
ORDER BY item_id
