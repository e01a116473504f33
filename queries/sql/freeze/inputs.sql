-- What each source had given by then: the collections that count, the records in force and a hash over their versions, which any change of any
-- of them changes. Sources by name; the hash is of the versions' hashes in order.
SELECT
    c.source AS source, c.kind AS kind, c.collections AS collections, c.last_collection AS last_collection, c.last_ended AS last_ended,
    toUInt64(r.records) AS records, lower(hex(SHA256(r.digests))) AS sha256
FROM (
    SELECT
        toString(source) AS source, toString(argMax(kind, collection_id)) AS kind, count() AS collections,
        max(collection_id) AS last_collection, max(ended_at) AS last_ended
    FROM known_collections(...)
    WHERE outcome IN ('success', 'suspicious', 'failed')
    GROUP BY source
) AS c
LEFT JOIN (
    SELECT toString(source) AS source, count() AS records, arrayStringConcat(arraySort(groupArray(digest))) AS digests
    FROM (
        SELECT source, hex(SHA256(toJSONString(tuple(
            record_id, derived, version, collection_id, seen, first_seen, unit_id, item_id, title, event_id, event_key, period, period_from, period_to,
            occurred_on, proposed_on, reviewed_on, approved_on, published_on, uploaded_on, withdrawn_on, unseen_on, scope, channel, url, steps, online,
            dated_by_sight, place)))) AS digest
        FROM records_in_force(within = '', unit = '', ...)
    )
    GROUP BY source
) AS r ON r.source = c.source
ORDER BY c.source
