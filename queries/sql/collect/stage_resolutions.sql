-- What becomes of staged rows that are not taken as they are.
CREATE TABLE IF NOT EXISTS resolving_$collection (
    version UInt64, record_id String, channel String, hash UInt64, unseen Bool, unseen_on Nullable(Date32), merged Bool, reason String, disputed Bool
) ENGINE = MergeTree ORDER BY version
SETTINGS non_replicated_deduplication_window = 100000
