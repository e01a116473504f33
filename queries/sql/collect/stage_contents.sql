-- Where the raw contents of one collection wait.
CREATE TABLE IF NOT EXISTS keeping_$collection (version UInt64, record_id String, hash UInt64, content String CODEC(ZSTD(1)))
ENGINE = MergeTree ORDER BY version
SETTINGS non_replicated_deduplication_window = 100000
