-- The lists of a source of several that have more rows than at the last look.
SELECT now.list FROM (
    SELECT toString(part) AS list, count() AS rows FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64} AND number < 1099511627776
    GROUP BY list
) AS now
INNER JOIN (
    SELECT toString(part) AS list, count() AS rows FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND number < 1099511627776
    GROUP BY list
) AS before ON before.list = now.list
WHERE now.rows > before.rows
