-- What a visit to a published address, or to an attachment that hangs on one, came upon: a row a record. Rows are added and never changed.
CREATE TABLE IF NOT EXISTS link_checks (
    url          String,
    parent_url   String,                  -- of the page that the attachment hangs on; empty: it is a record's own address
    source       LowCardinality(String),
    record_id    String,
    unit_id      String,
    item_id      LowCardinality(String),
    checked_at   DateTime64(3, 'UTC'),    -- when it was visited
    noted_at     DateTime64(3, 'UTC'),    -- when it was written: later, when it was clear that our own network had been up
    outcome      LowCardinality(String),  -- opens, moved, gone, soft_404, login_wall, too_slow, certificate, server_error, robots, own_network, not_known
    status       UInt16,                  -- that the server answered with; 0: none
    final_url    String,                  -- that it opened at; empty: at its own
    elapsed_ms   UInt32,                  -- until it was there; 0: it was not
    content_hash String,                  -- SHA-256 of what came, in hexadecimal; empty: nothing came
    detail       String                   -- English sentence: what shows it
) ENGINE = ReplacingMergeTree ORDER BY (source, record_id, url, parent_url, checked_at);

-- Rounds of the patrol: without one that ended lately nothing is known of today.
CREATE TABLE IF NOT EXISTS patrol_rounds (
    begun_at DateTime64(3, 'UTC'),
    ended_at DateTime64(3, 'UTC'),
    part     LowCardinality(String),      -- links, content
    outcome  LowCardinality(String),      -- done, own_network (given up: our own network was down), interrupted, failed
    looked   UInt64,                      -- addresses that were visited, or texts that were looked at
    left     UInt64,                      -- that were due and not come to
    problem  String                       -- why it was given up or failed
) ENGINE = ReplacingMergeTree(ended_at) ORDER BY (begun_at, part);
