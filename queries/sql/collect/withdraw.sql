-- A complete source no longer has these records: they get a version that is withdrawn. That takes two looks of different days without them, this
-- one and the last; it was withdrawn on the day of the first. Or its own address says that it is gone: then on the collection's day. A rejected row
-- still stands for its record, found by its id or, for a derived one or one that was an address, by its title; what a sheet holds that is
-- hidden now is neither there nor gone. The hash of no content (0) lets a record that returns count as changed.
INSERT INTO record_versions
WITH
    last_look AS (
        SELECT fate, record_id, title FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64}
    ),
    seen_since AS (
        SELECT record_id FROM looked_rows FINAL
        WHERE source = {source:String} AND slot IN {since_slots:Array(UInt8)} AND collection_id IN {since_ids:Array(UInt64)}
    )
SELECT * EXCEPT (gone, by_title) REPLACE (
    {version:UInt64} AS version,
    {collection_id:UInt64} AS collection_id,
    fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC') AS seen,
    if(gone, {day:Date32}, greatest(toDate32({other_day:String}), ifNull(published_on, toDate32({other_day:String})))) AS withdrawn_on,
    toUInt64(0) AS hash
)
FROM (
    SELECT *, has({gone:Array(String)}, record_id) AS gone, derived OR match(record_id, '^https?://') AS by_title FROM (
        SELECT * FROM record_versions
        WHERE source = {source:String} AND NOT moved
        ORDER BY record_id, version DESC
        LIMIT 1 BY record_id
    )
    WHERE (withdrawn_on IS NULL OR withdrawn_on > {day:Date32})
        AND record_id NOT IN (SELECT record_id FROM collecting_$collection)
        AND record_id NOT IN (SELECT record_id FROM rejecting_$collection WHERE record_id != '')
        AND NOT (by_title AND title IN (SELECT title FROM rejecting_$collection WHERE record_id = '' AND title != ''))
        AND NOT arrayExists(part -> startsWith(place, part), {hidden:Array(String)})
        AND (gone OR {twice:Bool}
            AND collection_id <= {other_id:UInt64}
            AND record_id NOT IN (SELECT record_id FROM last_look)
            AND NOT (by_title AND xxHash64(title) IN (SELECT title FROM last_look WHERE fate = 'rejected' AND record_id = ''))
            AND record_id NOT IN (SELECT record_id FROM seen_since))
)
