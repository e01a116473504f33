-- Units with their results as shown and what they are ranked by, as the view standings computes them: a country's ranking reads these instead of
-- working out the results of all its units. Snapshots made before have none, so they are made again.
CREATE TABLE IF NOT EXISTS kept_standings (
    layer_id UInt64, unit_id String, group_name LowCardinality(String), standing UInt64, unranked LowCardinality(String),
    rating LowCardinality(Nullable(String)), score Nullable(Decimal64(2)), coverage Nullable(Decimal64(4)), timeliness Nullable(Decimal64(4)),
    evidenced_timeliness Nullable(Decimal64(4)), procedure Nullable(Decimal64(4)), placement Nullable(Decimal64(4)), verified Nullable(Decimal64(4)),
    evidence_share Nullable(Decimal64(4)), deductions Nullable(Decimal64(2)), assessed UInt64, on_time UInt64, late UInt64, lapsed UInt64,
    carried_lapsed UInt64, essential_lapsed UInt64, pending UInt64, unverified UInt64, exempt UInt64, undated UInt64,
    mean_delay_days Nullable(Decimal64(2)), oldest_lapse_days Nullable(Int64), backdated UInt64, overexposed UInt64, yellow_cards UInt64,
    open_rectifications UInt64, overdue_rectifications UInt64, institutions UInt64
) ENGINE = MergeTree PARTITION BY intDiv(layer_id, 86400000000) ORDER BY (layer_id, unit_id);

TRUNCATE TABLE IF EXISTS editions;
TRUNCATE TABLE IF EXISTS edition_layers;
