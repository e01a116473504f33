-- The records whose last staged row adds a version; a comparison that was repeated may have written some twice.
CREATE TABLE IF NOT EXISTS comparing_$collection (
    record_id        String,
    version_in_force UInt64, -- 0: the record is new
    last_version     UInt64,
    last_hash        UInt64
) ENGINE = MergeTree ORDER BY record_id
