-- How many rows the source's last successful collection under the same configuration read, leaving out those that were found too short;
-- 0 when there was none, or when it has been found too short for a week: then that is what it has come to.
WITH (
    SELECT max(collection_id) FROM collections FINAL
    WHERE source = {source:String} AND outcome = 'success' AND config_hash = {config_hash:String} AND error = ''
) AS usual
SELECT toUInt64(if(countIf(collection_id > usual AND day <= {day:Date32} - 7) > 0, 0, sumIf(depth, collection_id = usual)))
FROM collections FINAL
WHERE source = {source:String} AND outcome = 'success' AND config_hash = {config_hash:String} AND collection_id >= usual
