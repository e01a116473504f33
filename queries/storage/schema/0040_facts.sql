-- Facts: what every obligation of an as-of day is, stored once for whatever window, programme or focus is asked (queries/facts), in the parts of
-- snapshots. What snapshots stored before was of one window each.
DROP TABLE IF EXISTS editions;
DROP TABLE IF EXISTS editions_begun;
DROP TABLE IF EXISTS kept_obligations;
TRUNCATE TABLE IF EXISTS edition_layers;

-- The row of a snapshot is written last and makes it count.
CREATE TABLE IF NOT EXISTS editions (
    edition_id UInt64,                    -- rises with time
    kind       LowCardinality(String),    -- facts, or what is added up of them for one window: results
    load_id    UInt64,
    known_at   DateTime64(3, 'UTC'),      -- what was known then
    live       Bool,                      -- of what is known now, and followed by others
    version    String,                    -- of the data that it was computed from (queries/facts/version.go)
    scope      String,                    -- the root of the subtree that it is about; empty: all units
    layers     UInt32,
    collections Map(String, UInt64),      -- the last of each source that had ended
    as_of      Date32,
    from_on    Date32,                    -- facts: those due from then …
    to_on      Date32,                    -- … until then
    programme  String,                    -- results only
    focus      String
) ENGINE = MergeTree ORDER BY (load_id, edition_id);

-- How many records that a unit published on a day are backdated, and how many overexposed, where any is.
CREATE TABLE IF NOT EXISTS faults (
    layer_id UInt64, as_of Date32, unit_id String, programme LowCardinality(String), focus LowCardinality(String), published_on Date32,
    backdated UInt64, overexposed UInt64
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, unit_id, published_on);

-- Snapshots that are being made: as long as one is not whole its parts count for nobody, but the next attempt takes them over.
CREATE TABLE IF NOT EXISTS editions_begun (
    edition_id UInt64, kind LowCardinality(String), load_id UInt64, known_at DateTime64(3, 'UTC'), live Bool, version String, scope String, layers UInt32, collections Map(String, UInt64),
    as_of Date32, from_on Date32, to_on Date32, programme String, focus String
) ENGINE = MergeTree ORDER BY (load_id, edition_id);

-- Facts as the view computed_facts computes them. They lie by their state, so that lapses and what falls due next are read without the rest.
CREATE TABLE IF NOT EXISTS facts (
    layer_id UInt64, as_of Date32, unit_id String, item_id LowCardinality(String), programme LowCardinality(String), focus LowCardinality(String),
    class LowCardinality(String), weight UInt32, cadence LowCardinality(String), period LowCardinality(String), due_on Nullable(Date32),
    looked_on Nullable(Date32), state LowCardinality(String), excused UInt8, fulfilled UInt8, published_on Nullable(Date32),
    effective_on Nullable(Date32), record_id String, source LowCardinality(String), url String, evidenced_on Nullable(Date32), backdated UInt8,
    for_society UInt8, late_after_on Nullable(Date32), lapsed_after_on Nullable(Date32), with_steps UInt8, in_order UInt8, placed UInt8,
    with_evidence UInt8, period_no Int64, happened_on Date32, event_key String
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, state, unit_id, item_id);
