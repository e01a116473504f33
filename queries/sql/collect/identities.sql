-- identities
-- The staged rows of the units and items that are to be looked at, and the records in force of these.
SELECT
    staged, version, record_id, derived, unit_id, toString(item_id) AS item_id, $slot AS slot, published_on, event_id, title, url, toString(channel) AS channel,
    place, hash, $rest AS rest, unseen_on, looked
FROM (
    SELECT $identity, true AS staged, false AS looked
    FROM collecting_$collection
    WHERE (derived OR {online:Bool}) AND (unit_id, toString(item_id)) IN (SELECT unit_id, item_id FROM grouping_$collection)
    UNION ALL
    SELECT *, $looked AS looked FROM (
        SELECT $identity, false AS staged
        FROM record_versions
        WHERE source = {source:String} AND NOT moved AND (derived OR {online:Bool})
            AND (unit_id, toString(item_id)) IN (SELECT unit_id, item_id FROM grouping_$collection)
        ORDER BY record_id, version DESC
        LIMIT 1 BY record_id
    )
)
ORDER BY unit_id, item_id, staged, version, record_id
