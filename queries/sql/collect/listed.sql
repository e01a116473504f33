-- The own address of a record that was there at the last look and still is.
SELECT argMax(url, version) AS url
FROM record_versions
WHERE source = {source:String} AND NOT moved AND record_id IN (
    SELECT record_id FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND fate = 'record' AND NOT withdrawn
        AND record_id IN (
            SELECT record_id FROM looked_rows FINAL
            WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64} AND fate = 'record')
)
GROUP BY record_id
HAVING url != ''
ORDER BY record_id
LIMIT 1
