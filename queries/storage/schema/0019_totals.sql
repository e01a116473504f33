-- A snapshot's obligations lie by their state, so that lapses and what falls due next are read without the rest; and what a country's pages add up of
-- them is stored added up for each part. Snapshots made before have none of it, so they are made again.
TRUNCATE TABLE IF EXISTS editions;
TRUNCATE TABLE IF EXISTS editions_begun;
TRUNCATE TABLE IF EXISTS edition_layers;
DROP TABLE IF EXISTS kept_obligations;

-- Obligations with their state, as the view obligations computes them.
CREATE TABLE IF NOT EXISTS kept_obligations (
    layer_id UInt64, unit_id String, item_id LowCardinality(String), class LowCardinality(String), weight UInt32,
    cadence LowCardinality(String), period LowCardinality(String), due_on Nullable(Date32), looked_on Nullable(Date32), state LowCardinality(String),
    met UInt8, published_on Nullable(Date32), evidenced_on Nullable(Date32), backdated Nullable(UInt8), record_id String,
    source LowCardinality(String), url String, delay_days Nullable(Int64), lapsed_after_on Nullable(Date32), evidenced_in_time UInt8,
    procedure Nullable(UInt8), placement Nullable(UInt8), with_evidence UInt8, in_window Nullable(UInt8), carried Nullable(UInt8),
    lapsed Nullable(UInt8), for_society UInt8
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, state, unit_id, item_id);

-- As the views item_totals, month_totals and due_totals tell them.
CREATE TABLE IF NOT EXISTS kept_item_totals (
    layer_id UInt64, group_name LowCardinality(String), item_id LowCardinality(String), units UInt64, assessed UInt64, met UInt64, on_time UInt64,
    lapsed UInt64
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, item_id);

CREATE TABLE IF NOT EXISTS kept_month_totals (
    layer_id UInt64, group_name LowCardinality(String), month UInt32, on_time UInt64, late UInt64, lapsed UInt64, evidenced UInt64, unverified UInt64,
    pending UInt64, units UInt64, met_units UInt64, members UInt64, met_members UInt64
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, month);

CREATE TABLE IF NOT EXISTS kept_due_totals (
    layer_id UInt64, group_name LowCardinality(String), due_on Date32, item_id LowCardinality(String), units UInt64, obligations UInt64,
    first_units Array(String)
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, due_on, item_id);
