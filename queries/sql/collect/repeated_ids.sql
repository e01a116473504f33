-- repeated_ids
-- The staged rows whose written id comes again, and the records in force of these ids.
WITH repeated AS (SELECT record_id FROM collecting_$collection WHERE NOT derived GROUP BY record_id HAVING count() > 1)
SELECT
    staged, version, record_id, derived, unit_id, toString(item_id) AS item_id, $slot AS slot, published_on, event_id, title, url, toString(channel) AS channel,
    place, hash, $rest AS rest, unseen_on, false AS looked
FROM (
    SELECT $identity, true AS staged FROM collecting_$collection WHERE NOT derived AND record_id IN (SELECT record_id FROM repeated)
    UNION ALL
    SELECT * FROM (
        SELECT $identity, false AS staged FROM record_versions
        WHERE source = {source:String} AND NOT moved AND NOT derived AND record_id IN (SELECT record_id FROM repeated)
        ORDER BY record_id, version DESC
        LIMIT 1 BY record_id
    )
)
ORDER BY record_id, staged, version
