-- Collections, the versions of records and the rejected rows (SPEC §3).
CREATE TABLE collections (
    collection_id UInt64,                     -- rises with time
    source        LowCardinality(String),
    kind          LowCardinality(String),     -- ledger, web, feed, api, wechat
    started_at    DateTime64(3, 'UTC'),
    ended_at      DateTime64(3, 'UTC'),
    day           Date32,                     -- civil day of started_at in the configured time zone
    outcome       LowCardinality(String),     -- running, success, failed; a running one that never ended was interrupted
    read          UInt64,
    new           UInt64,
    changed       UInt64,
    unchanged     UInt64,
    rejected      UInt64,
    withdrawn     UInt64,
    pages         UInt64,
    bytes         UInt64,
    error         String
) ENGINE = ReplacingMergeTree(ended_at) ORDER BY (source, collection_id);

CREATE TABLE record_versions (
    source        LowCardinality(String),
    record_id     String,
    derived       Bool,                       -- record_id was derived (SPEC §3)
    version       UInt64,                     -- rises with time within a source; the greatest counts
    collection_id UInt64,
    seen          DateTime64(3, 'UTC'),       -- when this version was first seen
    first_seen    DateTime64(3, 'UTC'),       -- when the record was first seen
    unit_id       String,
    item_id       LowCardinality(String),
    title         String,
    event_id      String,
    event_key     String,                     -- event_id, or else the title folded by NFKC, lower case, no white space
    period        String,                     -- as written
    period_from   Nullable(Date32),
    period_to     Nullable(Date32),
    occurred_on   Nullable(Date32),
    proposed_on   Nullable(Date32),
    reviewed_on   Nullable(Date32),
    approved_on   Nullable(Date32),
    published_on  Nullable(Date32),
    uploaded_on   Nullable(Date32),
    withdrawn_on  Nullable(Date32),
    unseen_on     Nullable(Date32),           -- online sources: last successful collection in which it was not yet there
    scope         LowCardinality(String),
    channel       LowCardinality(String),
    url           String,
    steps         Bool,                       -- its source reports the four steps
    online        Bool,                       -- its source is an online one
    dated_by_sight Bool,                      -- carried no date: published_on is the day it was first seen
    place         String,                     -- file, sheet and row, or address, it was read from
    hash          UInt64                      -- of everything above that the source said, as resolved
) ENGINE = MergeTree ORDER BY (source, record_id, version);

CREATE TABLE rejected_rows (
    collection_id UInt64,
    source        LowCardinality(String),
    place         String,                     -- file, sheet and row, or address
    reason        String,                     -- English sentence: field, what is wrong, what would be right
    content       String,                     -- the raw row as JSON, keys are the header's
    seen          DateTime64(3, 'UTC')        -- when this reject was first seen
) ENGINE = MergeTree ORDER BY (source, collection_id, place);
