-- Whether the staged rows are the first versions of the source and no record is among them twice. Two ids with the same
-- cityHash64 only make the answer no, which is always safe.
SELECT
    (SELECT count() FROM (SELECT 1 FROM record_versions WHERE source = {source:String} LIMIT 1)) = 0
    AND (SELECT uniqExact(cityHash64(record_id)) = count() FROM collecting_$collection)
