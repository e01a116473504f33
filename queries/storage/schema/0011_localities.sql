-- What lets a question about one district read that district's rows only, however many others there are.

-- The units below each unit, and the unit itself, of every load.
CREATE TABLE IF NOT EXISTS subtrees (load_id UInt64, root_id String, unit_id String)
ENGINE = MergeTree ORDER BY (load_id, root_id, unit_id);

INSERT INTO subtrees SELECT load_id, arrayJoin(ancestors), unit_id FROM units;

-- A correction that names another unit leaves a row marked moved with the unit it named before, so that who reads that unit's rows alone
-- sees that the record is gone from there.
ALTER TABLE record_versions ADD COLUMN IF NOT EXISTS moved Bool;

-- The same rows by unit. A unit has few: small granules, so that not many of its neighbours' are read.
ALTER TABLE record_versions ADD PROJECTION IF NOT EXISTS by_unit (
    SELECT * ORDER BY unit_id, source, record_id, version
) WITH SETTINGS (index_granularity = 512);

ALTER TABLE record_versions MATERIALIZE PROJECTION by_unit;
