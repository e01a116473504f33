-- What became of the rows that were read, and how many that are no records were none either in the collection that they are compared with.
WITH before AS (
    SELECT fate, key, content FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND fate != 'record'
)
SELECT
    count() AS rows, countIf(fate = 'record') AS records, countIf(fate = 'rejected') AS rejected, countIf(fate = 'left_out') AS left_out,
    countIf(fate != 'record' AND ((fate, key) IN (SELECT fate, key FROM before) OR content != 0 AND (fate, content) IN (SELECT fate, content FROM before)))
        AS as_before
FROM looked_rows FINAL
WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64} AND number < 1099511627776
