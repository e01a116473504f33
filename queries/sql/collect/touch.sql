-- touch
-- The units that the collection's versions are of: a snapshot computes them again.
INSERT INTO touches (touched_at, source, collection_id, unit_id)
SELECT now64(3), {source:String}, {collection_id:UInt64}, unit_id
FROM record_versions
WHERE source = {source:String} AND collection_id = {collection_id:UInt64}
GROUP BY unit_id
