-- What follows from a load's calendar and catalogue alone (SPEC §4): the working days and each item's periods with their due days.
CREATE TABLE days (
    load_id      UInt64,
    day          Date32,
    working      Bool,
    working_days UInt32 -- how many working days there are up to and including this day
) ENGINE = MergeTree ORDER BY (load_id, day);

CREATE TABLE item_periods (
    load_id   UInt64,
    item_id   LowCardinality(String),
    period_no Int32, -- months since year 0 divided by the cadence's months
    period    String, -- 2026, 2026H1, 2026Q3, 2026-07
    start_on  Date32,
    end_on    Date32,
    due_on    Date32,
    previous_due_on Date32 -- due day of the period before
) ENGINE = MergeTree ORDER BY (load_id, item_id, period_no);
