-- What the retention policy has removed (queries/retention.go): what is missed later is said to be gone, and since when.

-- A row is written before anything is removed; the one that says finished replaces it.
CREATE TABLE IF NOT EXISTS removals (
    kind     LowCardinality(String),      -- contents, rejects, registry, versions, answers
    before   DateTime64(3, 'UTC'),        -- what was of no more use by then has gone
    policy   String,                      -- as configured then: 10y
    begun_at DateTime64(3, 'UTC'),
    rows     UInt64,
    bytes    UInt64,                      -- on disk, about
    finished UInt8
) ENGINE = ReplacingMergeTree(finished) ORDER BY (kind, before);

-- Of a raw content its hashes stay: the one tells that the source had this very row (SPEC §3), the other proves a copy that someone has.
CREATE TABLE IF NOT EXISTS removed_contents (
    source       LowCardinality(String),
    record_id    String,
    version      UInt64,
    seen         DateTime64(3, 'UTC'),
    bytes        UInt64,
    content_hash UInt64,                  -- as contents had it
    sha256       FixedString(32),
    removed_at   DateTime64(3, 'UTC'),
    policy       LowCardinality(String),
    before       DateTime64(3, 'UTC')     -- of the removal
) ENGINE = ReplacingMergeTree(removed_at) ORDER BY (source, record_id, version);

-- Superseded versions of records. Their hashes stay, so that what was said once is not taken for new when it is said again on the way.
CREATE TABLE IF NOT EXISTS removed_versions (
    source     LowCardinality(String),
    record_id  String,
    version    UInt64,
    seen       DateTime64(3, 'UTC'),
    hash       UInt64,
    removed_at DateTime64(3, 'UTC'),
    policy     LowCardinality(String),
    before     DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(removed_at) ORDER BY (source, record_id, version);

-- Collections whose rejected rows are gone.
CREATE TABLE IF NOT EXISTS removed_rejects (collection_id UInt64, before DateTime64(3, 'UTC'))
ENGINE = ReplacingMergeTree ORDER BY (collection_id);
