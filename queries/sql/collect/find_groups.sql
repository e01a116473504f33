-- find_groups
-- A unit's item is to be looked at where a staged row is new or says something else, unless all records in force are there as they were and no
-- two staged rows are alike: then what is new is new.
INSERT INTO grouping_$collection
SELECT unit_id, item_id FROM (
    SELECT
        argMax(unit_id, version) AS unit_id, argMax(item_id, version) AS item_id,
        countIf(staged) AS rows, uniqExactIf(hash, staged) AS hashes, anyIf(hash, staged) AS hash_now, anyIf(disclosure, staged) AS disclosure,
        countIf(NOT staged) > 0 AS known, argMaxIf(hash, version, NOT staged) AS hash_in_force
    FROM (
        SELECT cityHash64(record_id) AS id, unit_id, item_id, version, hash, true AS staged, cityHash64($slot, event_key) AS disclosure
        FROM collecting_$collection
        WHERE derived OR {online:Bool}
        UNION ALL
        SELECT cityHash64(record_id) AS id, unit_id, item_id, version, hash, false AS staged, toUInt64(0) AS disclosure
        FROM record_versions
        WHERE source = {source:String} AND NOT moved AND (derived OR {online:Bool})
    )
    GROUP BY id
)
GROUP BY unit_id, item_id
HAVING countIf(rows > 0 AND NOT (known AND hashes = 1 AND hash_now = hash_in_force)) > 0
    AND (countIf(rows = 0 OR known AND hash_now != hash_in_force) > 0 OR countIf(hashes > 1) > 0 OR uniqExactIf(disclosure, rows > 0) < countIf(rows > 0))
