-- add_moves
-- For each record whose last staged row names another unit than an earlier version or staged row did: a row that says so to those who read
-- that unit alone. It is added before the version itself: should that be interrupted, the next collection adds both.
INSERT INTO record_versions (source, record_id, version, collection_id, seen, unit_id, moved)
SELECT {source:String}, record_id, last_version, {collection_id:UInt64}, fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC'), left_unit_id, true
FROM (
    SELECT c.record_id AS record_id, any(c.last_version) AS last_version, anyIf(v.unit_id, v.version = c.last_version AND v.staged) AS unit_id,
        groupUniqArray(v.unit_id) AS units
    FROM (SELECT DISTINCT * FROM comparing_$collection) AS c
    INNER JOIN (
        SELECT record_id, version, unit_id, true AS staged FROM collecting_$collection
        UNION ALL
        SELECT record_id, version, unit_id, false AS staged FROM record_versions
        WHERE source = {source:String} AND NOT moved AND record_id IN (SELECT record_id FROM comparing_$collection WHERE version_in_force > 0)
    ) AS v ON v.record_id = c.record_id
    GROUP BY c.record_id
    HAVING length(units) > 1
)
ARRAY JOIN arrayFilter(unit -> unit != unit_id, units) AS left_unit_id
