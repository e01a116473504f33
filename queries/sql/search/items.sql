-- Items that have every word sought in their name, id or aliases, or in the initials, the nearest first.
SELECT f.id AS item_id, i.name AS item, toString(i.programme) AS programme, toString(i.class) AS class, toString(i.cadence) AS cadence, f.found AS found
FROM (
    SELECT
        id, lengthUTF8(name) AS length, count() OVER () AS found,
        multiIf(
            lowerUTF8(id) = {whole:String}, 0, name = {whole:String}, 1, startsWith(name, {whole:String}), 2,
            position(initials, concat(' ', {whole:String})) > 0, 3, position(name, {whole:String}) > 0, 4, 5) AS distance
    FROM sought
    WHERE load_id = {load:UInt64} AND kind = 'item'
        AND arrayAll(word -> position(text, word) > 0 OR position(initials, word) > 0, {words:Array(String)})
    ORDER BY distance, length, id
    LIMIT {limit:UInt32}
) AS f
INNER JOIN (SELECT toString(item_id) AS item_id, name, programme, class, cadence FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = f.id
ORDER BY f.distance, f.length, f.id
