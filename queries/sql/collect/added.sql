-- What the collection added: versions of records that are new, further versions, and withdrawals.
SELECT
    uniqExactIf(record_id, first_seen = seen) AS new,
    toUInt64(countIf(hash != 0) - new) AS changed,
    countIf(hash = 0) AS withdrawn
FROM record_versions
WHERE source = {source:String} AND collection_id = {collection_id:UInt64} AND NOT moved
