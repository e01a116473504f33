-- Every version of one record that was known then, the newest first, each with how many bytes of raw content were stored of it, or were until the
-- retention policy removed them, and with how many superseded versions of the record it has removed.
WITH (
    SELECT (uniqExact(version), max(removed_at), toString(argMax(policy, removed_at))) FROM removed_versions
    WHERE source = {source:String} AND record_id = {record_id:String}
) AS e
SELECT
    {source:String} AS source, {record_id:String} AS record_id, v.version AS version, v.seen AS seen, v.first_seen AS first_seen, v.unit_id AS unit_id, u.name AS unit, toString(v.item_id) AS item_id, i.name AS item,
    v.title AS title, v.event_id AS event_id, v.period AS period, v.occurred_on AS occurred_on, v.proposed_on AS proposed_on,
    v.reviewed_on AS reviewed_on, v.approved_on AS approved_on, v.published_on AS published_on, v.uploaded_on AS uploaded_on,
    v.withdrawn_on AS withdrawn_on, v.unseen_on AS unseen_on, v.shown_on AS shown_on, toString(v.scope) AS scope, toString(v.channel) AS channel, v.url AS url,
    v.place AS place, v.online AS online, v.dated_by_sight AS dated_by_sight, v.hash = 0 AS gone, toUInt64(c.bytes) AS content_bytes,
    toUInt64(g.bytes) AS removed_bytes, g.removed_at AS removed_at, toString(g.policy) AS removed_policy, if(g.bytes > 0, lower(hex(g.sha256)), '') AS removed_sha256,
    e.1 AS superseded_removed, e.2 AS superseded_removed_at, e.3 AS superseded_policy
FROM (
    SELECT * FROM record_versions
    WHERE source = {source:String} AND record_id = {record_id:String} AND NOT moved
        AND collection_id <= (
            SELECT max(collection_id) FROM known_collections(...)
            WHERE source = {source:String} AND outcome IN ('success', 'suspicious', 'failed')
        )
) AS v
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = v.unit_id
LEFT JOIN (SELECT item_id, name FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = v.item_id
LEFT JOIN (
    SELECT version, max(length(content)) AS bytes FROM contents
    WHERE source = {source:String} AND record_id = {record_id:String}
    GROUP BY version
) AS c ON c.version = v.version
LEFT JOIN (
    SELECT version, bytes, removed_at, policy, sha256 FROM removed_contents
    WHERE source = {source:String} AND record_id = {record_id:String}
    ORDER BY removed_at DESC LIMIT 1 BY version
) AS g ON g.version = v.version
ORDER BY v.version DESC
