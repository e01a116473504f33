-- The units that have every word sought in their name, their parent's, an alias or their unit_id, in any case and width, or in the initials of what they
-- are called. Words come without the ending of a committee or office, which every way to write it begins with.
CREATE OR REPLACE VIEW units_sought AS
SELECT u.unit_id AS unit_id
FROM (SELECT unit_id, parent_id, name, aliases FROM units WHERE load_id = {load:UInt64}) AS u
LEFT JOIN (
    SELECT unit_id, name FROM units
    WHERE load_id = {load:UInt64} AND unit_id IN (SELECT parent_id FROM units WHERE load_id = {load:UInt64})
) AS parent ON parent.unit_id = u.parent_id
WHERE arrayAll(
    word -> position(lowerUTF8(normalizeUTF8NFKC(concat(ifNull(parent.name, ''), u.name, ' ', u.unit_id, ' ', arrayStringConcat(u.aliases, ' ')))), word) > 0,
    splitByWhitespace(lowerUTF8(normalizeUTF8NFKC({search:String}))))
    OR u.unit_id IN (
        SELECT id FROM sought
        WHERE load_id = {load:UInt64} AND kind = 'unit'
            AND arrayAll(word -> position(text, word) > 0 OR position(initials, word) > 0, splitByWhitespace(lowerUTF8(normalizeUTF8NFKC({search:String})))))
