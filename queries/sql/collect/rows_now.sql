-- What became of the rows that were read, of each part of the source, and how many that are no records were none either in the collection that they
-- are compared with: of a source of several lists, in the same list.
WITH
    (
        SELECT {kind:String} = 'ledger' OR countIf(part != '') = 0 FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64}
    ) AS undivided,
    before AS (
        SELECT fate, key, content, if(undivided, '', toString(part)) AS list FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND fate != 'record'
    )
SELECT
    toString(part) AS part,
    count() AS rows, countIf(fate = 'record') AS records, countIf(fate = 'rejected') AS rejected, countIf(fate = 'left_out') AS left_out,
    countIf(fate != 'record' AND (
        (fate, key, if(undivided, '', toString(part))) IN (SELECT fate, key, list FROM before)
        OR content != 0 AND (fate, content, if(undivided, '', toString(part))) IN (SELECT fate, content, list FROM before))) AS as_before
FROM looked_rows FINAL
WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64} AND number < 1099511627776
GROUP BY part
ORDER BY part
