-- The chain of evidence: what was kept of a page, the files of frozen packs, and visits to addresses, each by its SHA-256 on the day after which it was
-- chained. A day's root is made of them and of the root of the day before (queries/chain). Rows are added and never changed or let go.
CREATE TABLE IF NOT EXISTS chain_leaves (
    day       Date32,                     -- of the link that it belongs to
    kind      LowCardinality(String),     -- content, file, manifest, checks
    source    String,                     -- of content and checks; of files and manifests the freeze's known_at in milliseconds since 1970
    record_id String,                     -- or the name of the file or the freeze
    version   UInt64,                     -- or the file's part
    seen      DateTime64(3, 'UTC'),       -- when it was collected; known_at of the freeze; of checks the beginning of the link
    sha256    FixedString(32)
) ENGINE = ReplacingMergeTree ORDER BY (day, kind, source, record_id, version);

CREATE TABLE IF NOT EXISTS chain_days (
    day         Date32,                   -- civil day; one follows the other
    until       DateTime64(3, 'UTC'),     -- its end: what had been kept by then, and was in no link before
    previous    FixedString(32),          -- root of the day before; of the first day zeros
    leaves      UInt64,
    computed_at DateTime64(3, 'UTC'),
    root        FixedString(32)
) ENGINE = ReplacingMergeTree ORDER BY day;
