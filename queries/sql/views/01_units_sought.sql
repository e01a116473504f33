-- The units that have every word sought in their name, their parent's or their unit_id, in any case and width.
CREATE OR REPLACE VIEW units_sought AS
SELECT u.unit_id AS unit_id
FROM (SELECT unit_id, parent_id, name FROM units WHERE load_id = {load:UInt64}) AS u
LEFT JOIN (
    SELECT unit_id, name FROM units
    WHERE load_id = {load:UInt64} AND unit_id IN (SELECT parent_id FROM units WHERE load_id = {load:UInt64})
) AS parent ON parent.unit_id = u.parent_id
WHERE arrayAll(
    word -> position(lowerUTF8(normalizeUTF8NFKC(concat(u.name, ' ', ifNull(parent.name, ''), ' ', u.unit_id))), word) > 0,
    splitByWhitespace(lowerUTF8(normalizeUTF8NFKC({search:String}))))
