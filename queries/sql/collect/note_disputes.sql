-- note_disputes
-- The units whose rows another file's id has kept out: what is known of them is not certain until that is mended.
INSERT INTO disputed_units (source, collection_id, unit_id)
SELECT DISTINCT {source:String}, {collection_id:UInt64}, unit_id FROM collecting_$collection
WHERE version IN (SELECT version FROM resolving_$collection WHERE disputed)
