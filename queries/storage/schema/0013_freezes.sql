-- Frozen meeting packs: what was asked, what was known, and every file as it was handed out.
CREATE TABLE freezes (
    known_at    DateTime64(3, 'UTC'),  -- records, registry and collections known then; no two freezes share it
    name        String,
    finished    UInt8,                 -- 0 while it is being made; the row with 1 replaces it and makes it count
    load_id     UInt64,                -- the registry in force
    collections Map(String, UInt64),   -- of each source, the last collection that had ended
    question    String,                -- JSON: window, as-of day, filters, language
    manifest    String                 -- JSON, as handed out
) ENGINE = ReplacingMergeTree(finished) ORDER BY known_at;

CREATE TABLE freeze_files (
    known_at DateTime64(3, 'UTC'),     -- of the freeze
    file     String,
    part     UInt32,                   -- from 0; a file is its parts in their order
    content  String CODEC(ZSTD(3))
) ENGINE = MergeTree ORDER BY (known_at, file, part);
