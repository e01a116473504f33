-- The register of rectification notices: what was noted of each, and when; rows are added and never changed. It stands beside notices.csv, whose
-- row of the same notice_id wins. Obligations are named as facts are: a notice is closed when records meet all that it demands.
CREATE TABLE IF NOT EXISTS notice_events (
    event_id    UInt64,                   -- rises with time
    noted_at    DateTime64(3, 'UTC'),
    noted_by    String,                   -- user of web_config
    what        LowCardinality(String),   -- issued, receipted, answered
    notice_id   String,
    issue_no    String,                   -- as notices.csv has them, up to yellow_card, as they are from this event on
    issued_on   Date32,
    unit_id     String,
    problem     String,
    rectify_by  Nullable(Date32),
    yellow_card Bool,
    item_ids    Array(String),            -- of each obligation that it demands
    periods     Array(String),            -- as reports write them
    period_nos  Array(Int64),
    happened_on Array(Date32),            -- events; else 1900-01-01
    event_keys  Array(String),            -- events; else empty
    due_on      Array(Date32),            -- on which it was due
    done_on     Nullable(Date32),         -- receipted, answered: on which day
    remark      String,                   -- receipted, answered: by whom, what was said
    before      String                    -- JSON: the event that stood before, of the same notice; empty: none
) ENGINE = ReplacingMergeTree ORDER BY event_id;
