-- What people say of what patrol has found, and of records that were drawn to be looked at. Rows are added and never changed.
CREATE TABLE IF NOT EXISTS finding_verdicts (
    event_id   UInt64,                   -- rises with time
    noted_at   DateTime64(3, 'UTC'),
    noted_by   String,                   -- user of the pages
    finding_id UInt64,
    what       LowCardinality(String),   -- confirmed, dismissed, reopened, mended
    reason     String,                   -- never empty where it was dismissed
    before     String                    -- JSON: what was said of it before; empty: nothing
) ENGINE = ReplacingMergeTree ORDER BY event_id;

-- Samples for inspectors, with the records that were drawn of those that the window published, in the order of the draw.
CREATE TABLE IF NOT EXISTS samples (
    event_id   UInt64,                   -- rises with time
    sample_id  String,                   -- CJ2026-001
    drawn_at   DateTime64(3, 'UTC'),
    drawn_by   String,
    seed       String,
    size       UInt32,                   -- how many were asked for
    among      UInt64,                   -- of how many they were drawn
    from_on    Date32,                   -- published in this window
    to_on      Date32,
    as_of      Date32,
    group_name LowCardinality(String),
    within     String                    -- unit_id; empty: all units
) ENGINE = ReplacingMergeTree ORDER BY event_id;

CREATE TABLE IF NOT EXISTS sampled_records (
    event_id     UInt64,                 -- of the sample
    number       UInt32,                 -- from 1
    source       LowCardinality(String),
    record_id    String,
    version      UInt64,
    unit_id      String,
    item_id      LowCardinality(String),
    period       String,
    title        String,
    published_on Date32,
    url          String
) ENGINE = ReplacingMergeTree ORDER BY (event_id, number);

CREATE TABLE IF NOT EXISTS sample_verdicts (
    event_id  UInt64,                    -- rises with time
    noted_at  DateTime64(3, 'UTC'),
    noted_by  String,
    noted_with LowCardinality(String),   -- page, file
    sample_id String,
    number    UInt32,
    verdict   LowCardinality(String),    -- fault, clear; empty: what was entered is taken back
    remark    String,
    before    String                     -- JSON: what was entered before; empty: nothing
) ENGINE = ReplacingMergeTree ORDER BY event_id;
