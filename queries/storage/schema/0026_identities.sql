-- Identity and evidence by disclosure (SPEC §3).

-- Units of which a collection has rejected rows because another file claims their ids.
CREATE TABLE IF NOT EXISTS disputed_units (source LowCardinality(String), collection_id UInt64, unit_id String)
ENGINE = ReplacingMergeTree ORDER BY (source, collection_id, unit_id);

-- The latest day of publication that an earlier version of an online record showed, if not later than the day on which it was first seen.
ALTER TABLE record_versions ADD COLUMN IF NOT EXISTS shown_on Nullable(Date32);

-- How far down its list a collection has read: '' so many rows (depth), page the one page that there is, end the last of several.
ALTER TABLE collections ADD COLUMN IF NOT EXISTS reach LowCardinality(String);
