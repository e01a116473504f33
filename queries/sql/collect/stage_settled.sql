-- The staged records under the ids that they are versions of.
CREATE TABLE IF NOT EXISTS settled_$collection AS record_versions ENGINE = MergeTree ORDER BY (source, record_id, version)
