-- records_before
-- How many rows of the source's last look were records.
SELECT toUInt64(argMax(read - rejected, collection_id)) FROM collections FINAL WHERE source = {source:String} AND outcome = 'success'
