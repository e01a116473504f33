-- The raw contents of the versions that have none yet. A version is found by what it says, not by its number: what an interruption left
-- without content gets it when it is collected again; what the retention policy has removed does not come back.
INSERT INTO contents (source, record_id, version, collection_id, seen, content)
WITH wanted AS (
    SELECT record_id, hash, max(version) AS version FROM record_versions
    WHERE source = {source:String} AND record_id IN (SELECT record_id FROM keeping_$collection)
    GROUP BY record_id, hash
    HAVING version NOT IN (SELECT version FROM contents WHERE source = {source:String})
        AND version NOT IN (SELECT version FROM removed_contents WHERE source = {source:String})
)
SELECT {source:String}, w.record_id, w.version, {collection_id:UInt64}, fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC'), k.content
FROM keeping_$collection AS k
INNER JOIN wanted AS w ON w.record_id = k.record_id AND w.hash = k.hash
LIMIT 1 BY w.version
