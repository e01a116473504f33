-- Which unit owes which item (SPEC §4: its tier is among the item's), with all that its obligations need to know of both: made once a load,
-- so that a question reads one table.
CREATE TABLE duties (
    load_id       UInt64,
    unit_id       String,
    item_id       LowCardinality(String),
    ancestors     Array(String), -- the unit itself, its parent, … up to the root
    active_from   Nullable(Date32),
    active_to     Nullable(Date32),
    programme     LowCardinality(String),
    focus         LowCardinality(String),
    class         LowCardinality(String),
    weight        UInt32,
    scopes        Array(LowCardinality(String)),
    channels      Array(LowCardinality(String)),
    cadence       LowCardinality(String),
    months        UInt8,         -- of the cadence: 12, 6, 3, 1; 0 for event and standing
    due_days      UInt16,
    working       Bool,          -- due_days are working days, at least one
    display_days  UInt16,
    not_before    LowCardinality(String),
    valid_from    Nullable(Date32),
    valid_to      Nullable(Date32),
    standing_due_on Nullable(Date32), -- of a standing item: the later of active_from and valid_from, + due_days
    exempt_ranges Array(Tuple(Date32, Date32)), -- first and last day of each exemption
    sources       Array(LowCardinality(String)) -- that cover it
) ENGINE = MergeTree ORDER BY (load_id, unit_id, item_id);
