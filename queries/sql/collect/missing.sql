-- Records that were there at the last look and are not there now, with their own addresses.
WITH now AS (
    SELECT fate, key, content, title, record_id FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64}
)
SELECT record_id, argMax(url, version) AS url
FROM record_versions
WHERE source = {source:String} AND NOT moved AND record_id IN (
    SELECT record_id FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND fate = 'record' AND NOT withdrawn
        AND record_id NOT IN (SELECT record_id FROM now) AND key NOT IN (SELECT key FROM now)
        AND title NOT IN (SELECT title FROM now WHERE fate != 'record')
)
GROUP BY record_id
HAVING url != ''
ORDER BY record_id
LIMIT {limit:UInt64}
