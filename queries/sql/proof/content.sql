-- The raw content of one version of a record; of version 0: of the latest that has one.
SELECT version, seen, content FROM contents
WHERE source = {source:String} AND record_id = {record_id:String} AND {version:UInt64} IN (0, version)
ORDER BY version DESC, seen
LIMIT 1
