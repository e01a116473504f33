-- Units that have every word sought in what they are called or in its initials, the nearest first: the id, the name, the initials, what begins so. Words
-- are folded as the table's; whole is what they make together.
SELECT f.id AS unit_id, u.name AS unit, toString(u.tier) AS tier, p.name AS parent, f.found AS found
FROM (
    SELECT
        id, lengthUTF8(name) AS length, count() OVER () AS found,
        multiIf(
            lowerUTF8(id) = {whole:String}, 0, name = {whole:String}, 1, position(concat(initials, ' '), concat(' ', {whole:String}, ' ')) > 0, 2,
            startsWith(name, {whole:String}), 3, position(initials, concat(' ', {whole:String})) > 0, 4, position(name, {whole:String}) > 0, 5, 6) AS distance
    FROM sought
    WHERE load_id = {load:UInt64} AND kind = 'unit' AND ifNull(active_from <= {as_of:Date32}, true) AND ifNull(active_to >= {as_of:Date32}, true)
        AND arrayAll(word -> position(text, word) > 0 OR position(initials, word) > 0, {words:Array(String)})
    ORDER BY distance, length, id
    LIMIT {limit:UInt32}
) AS f
INNER JOIN (SELECT unit_id, name, tier, parent_id FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = f.id
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS p ON p.unit_id = u.parent_id
ORDER BY f.distance, f.length, f.id
