-- The rows below those that were read, as the last look left them: a walk that stops early has known rows before it.
INSERT INTO looked_rows
WITH now AS (
    SELECT fate, key, content, record_id FROM looked_rows FINAL WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64}
)
SELECT * REPLACE ({slot:UInt8} AS slot, 1099511627776 + row_number() OVER (ORDER BY number) AS number, {collection_id:UInt64} AS collection_id)
FROM (SELECT * FROM looked_rows FINAL WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64})
WHERE key NOT IN (SELECT key FROM now) AND (content = 0 OR content NOT IN (SELECT content FROM now))
    AND (record_id = '' OR record_id NOT IN (SELECT record_id FROM now))
