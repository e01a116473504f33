-- Where the records of one collection wait until they are published: a table like record_versions, so that its parts
-- can be moved there as they are.
-- A batch that is sent again after a broken connection is taken once: ClickHouse remembers this many tokens. Merging waits
-- until the parts have been moved, so that it does not compete with reading the source; hence more parts than usual. They
-- are pressed harder when they are merged.
CREATE TABLE IF NOT EXISTS collecting_$collection AS record_versions ENGINE = MergeTree ORDER BY (source, record_id, version)
SETTINGS
    default_compression_codec = 'LZ4',
    non_replicated_deduplication_window = 100000,
    max_bytes_to_merge_at_max_space_in_pool = 1,
    parts_to_delay_insert = 10000,
    parts_to_throw_insert = 100000
