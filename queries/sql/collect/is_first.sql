-- is_first
-- Whether the staged rows are the first versions of the source and no two of them might be of one record. Two rows with the same cityHash64
-- only make the answer no, which is always safe.
SELECT
    (SELECT count() FROM (SELECT 1 FROM record_versions WHERE source = {source:String} LIMIT 1)) = 0
    AND (
        SELECT uniqExact(cityHash64(record_id)) = count() AND uniqExact(if(derived, cityHash64(unit_id, item_id, $slot, event_key), cityHash64(record_id))) = count()
        FROM collecting_$collection
    )
