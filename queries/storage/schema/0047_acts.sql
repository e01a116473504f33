-- Who changed something, and what stood before and after. When and what are stored where the change itself is (loads, freezes); a row here stands beside
-- it. Rows are added and never changed or let go. What the register of notices and accepted collections say of themselves is not repeated here.
CREATE TABLE IF NOT EXISTS acts (
    act_id    UInt64,                  -- rises with time
    noted_at  DateTime64(3, 'UTC'),
    what      LowCardinality(String),  -- registry, freeze, expire, restore, repair
    subject   String,                  -- load_id of a registry, known_at of a freeze in milliseconds since 1970; else what was changed
    done_by   String,                  -- user of the pages, or of the machine for commands; empty: not known
    done_with LowCardinality(String),  -- page, command, serve
    before    String,                  -- what stood before and does not any more, a line each; empty: nothing, or not known
    after     String                   -- what stands since, likewise
) ENGINE = ReplacingMergeTree ORDER BY act_id;
