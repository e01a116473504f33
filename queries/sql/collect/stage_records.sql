-- Where the records of one collection wait until they are published: a table like record_versions, so that its parts
-- can be moved there as they are.
CREATE TABLE IF NOT EXISTS collecting_$collection AS record_versions ENGINE = MergeTree ORDER BY (source, record_id, version)
