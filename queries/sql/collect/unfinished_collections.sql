-- Collections of the source that never ended.
SELECT collection_id, kind, started_at, day, config_hash FROM collections FINAL
WHERE source = {source:String} AND outcome = 'running'
ORDER BY collection_id
