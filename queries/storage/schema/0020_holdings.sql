-- How many rows each table must hold at least of each collection, load, freeze or removal (queries/storage_holdings.go): what ClickHouse has lost is
-- found by it, also where a part is gone without a trace. The latest row of a holding counts; it is written after the rows that it counts, and
-- before rows are removed.
CREATE TABLE IF NOT EXISTS holdings (
    table_name LowCardinality(String),
    holding    String,                  -- number of the collection, load, freeze, removal or part
    rows       UInt64,
    noted_at   DateTime64(6, 'UTC')
) ENGINE = ReplacingMergeTree(noted_at) ORDER BY (table_name, holding);

-- What was lost for good from a source's records (queries/storage_repair.go): looks before it prove nothing any more.
CREATE TABLE IF NOT EXISTS losses (
    source        LowCardinality(String),
    lost_at       DateTime64(6, 'UTC'),
    collection_id UInt64,                -- collections up to this one prove nothing
    rows          UInt64,                -- lost versions of records
    regained      Bool                   -- the source has given as many again
) ENGINE = ReplacingMergeTree ORDER BY (source, lost_at);

-- Work that makes several things one, while it is under way (queries/works.go): what its process has left when it was killed is cleared away.
CREATE TABLE IF NOT EXISTS works (
    kind     LowCardinality(String),     -- load, freeze, backup
    subject  String,
    owner    String,                     -- host, process and its start
    begun_at DateTime64(3, 'UTC'),
    ended    UInt8
) ENGINE = ReplacingMergeTree(ended) ORDER BY (kind, subject, begun_at);
