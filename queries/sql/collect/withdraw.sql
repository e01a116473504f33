-- A complete source no longer has these records: they get a version withdrawn on the collection's day. A rejected row still
-- stands for its record, found by its id or, for a derived one, by its title. The hash of no content (0) lets a record that
-- returns count as changed.
INSERT INTO record_versions
SELECT * REPLACE (
    {version:UInt64} AS version,
    {collection_id:UInt64} AS collection_id,
    fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC') AS seen,
    {day:Date32} AS withdrawn_on,
    toUInt64(0) AS hash
)
FROM (
    SELECT * FROM (
        SELECT * FROM record_versions
        WHERE source = {source:String} AND NOT moved
        ORDER BY record_id, version DESC
        LIMIT 1 BY record_id
    )
    WHERE (withdrawn_on IS NULL OR withdrawn_on > {day:Date32})
        AND record_id NOT IN (SELECT record_id FROM collecting_$collection)
        AND record_id NOT IN (SELECT record_id FROM rejecting_$collection WHERE record_id != '')
        AND NOT (derived AND title IN (SELECT title FROM rejecting_$collection WHERE record_id = ''))
)
