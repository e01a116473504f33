-- What versions of online records were made of, as the source had it: the proof shown beside a record (SPEC §3).
CREATE TABLE contents (
    source        LowCardinality(String),
    record_id     String,
    version       UInt64,                 -- of record_versions
    collection_id UInt64,
    seen          DateTime64(3, 'UTC'),   -- when it was collected
    content       String CODEC(ZSTD(6)),
    content_hash  UInt64 MATERIALIZED xxHash64(content)
) ENGINE = ReplacingMergeTree ORDER BY (source, record_id, version);
