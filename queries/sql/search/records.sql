-- Records that have every word sought in their title, the latest published first; for society only those that say themselves that they are.
SELECT
    toString(r.source) AS source, r.record_id AS record_id, r.unit_id AS unit_id, u.name AS unit, toString(r.item_id) AS item_id, i.name AS item,
    r.title AS title, r.period AS period, r.published_on AS published_on
FROM records_in_force(...) AS r
INNER JOIN (SELECT unit_id, name FROM active_units(...)) AS u ON u.unit_id = r.unit_id
INNER JOIN (SELECT item_id, name, scopes FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = r.item_id
WHERE arrayAll(word -> position(replaceRegexpAll(lowerUTF8(normalizeUTF8NFKC(r.title)), '\\s', ''), word) > 0, {words:Array(String)})
    AND ({society:String} = '' OR (r.scope = 'society' AND (empty(i.scopes) OR has(i.scopes, 'society'))))
ORDER BY r.published_on DESC NULLS LAST, r.source, r.record_id
LIMIT {limit:UInt32}
