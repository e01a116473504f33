-- Snapshots: what is computed of all units for one question at one time, stored where computing it takes long (queries/facts).

-- The units that a collection touched, so that a snapshot computes only these again.
CREATE TABLE IF NOT EXISTS touches (
    touched_at    DateTime64(3, 'UTC'),
    source        LowCardinality(String),
    collection_id UInt64,
    unit_id       String
) ENGINE = MergeTree ORDER BY (source, collection_id, unit_id) TTL toDateTime(touched_at) + INTERVAL 40 DAY;

-- The row of a snapshot is written last and makes it count. It answers one window; the window before has a snapshot of the same known_at.
CREATE TABLE IF NOT EXISTS editions (
    edition_id UInt64,                 -- rises with time
    load_id    UInt64,
    known_at   DateTime64(3, 'UTC'),   -- what was known then
    live       Bool,                   -- of what is known now, and followed by others
    as_of      Date32,
    from_on    Date32,
    to_on      Date32,
    programme  String,
    focus      String
) ENGINE = MergeTree ORDER BY (load_id, edition_id);

-- A snapshot consists of its parts; one that nothing has touched is taken over from the snapshot before.
CREATE TABLE IF NOT EXISTS edition_layers (
    edition_id UInt64,
    locality   String,                 -- root_id of subtrees
    layer_id   UInt64,
    duties     UInt64                  -- hash of all that the part's answers follow from but records and collections
) ENGINE = MergeTree ORDER BY (edition_id, locality);

-- Obligations with their state, as the view obligations computes them.
CREATE TABLE IF NOT EXISTS kept_obligations (
    layer_id UInt64, unit_id String, item_id LowCardinality(String), class LowCardinality(String), weight UInt32,
    cadence LowCardinality(String), period LowCardinality(String), due_on Nullable(Date32), looked_on Nullable(Date32), state LowCardinality(String),
    met UInt8, published_on Nullable(Date32), evidenced_on Nullable(Date32), backdated Nullable(UInt8), record_id String,
    source LowCardinality(String), url String, delay_days Nullable(Int64), lapsed_after_on Nullable(Date32), evidenced_in_time UInt8,
    procedure Nullable(UInt8), placement Nullable(UInt8), with_evidence UInt8, in_window Nullable(UInt8), carried Nullable(UInt8),
    lapsed Nullable(UInt8)
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, unit_id, item_id);

-- Units with their results, as the view unit_results computes them.
CREATE TABLE IF NOT EXISTS kept_unit_results (
    layer_id UInt64, unit_id String, group_name LowCardinality(String), ancestors Array(String), members UInt32, coverage Nullable(Int256),
    timeliness Nullable(Int256), evidenced_timeliness Nullable(Int256), procedure Nullable(Int256), placement Nullable(Int256),
    deductions UInt64, measure_weights UInt64, score Nullable(Int256), assessed UInt64, on_time UInt64, late UInt64, lapsed UInt64,
    carried_lapsed UInt64, essential_lapsed UInt64, pending UInt64, unverified UInt64, exempt UInt64, undated UInt64, with_evidence UInt64,
    delay_days Nullable(Int64), oldest_lapse_days Nullable(Int64), backdated UInt64, overexposed UInt64, yellow_cards UInt64,
    open_rectifications UInt64, overdue_rectifications UInt64, institutions UInt64
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, unit_id);
