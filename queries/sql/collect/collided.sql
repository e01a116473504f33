-- The rows that are rejected because their ids belong to others, a page of them.
SELECT
    r.version AS version, s.place AS place, r.reason AS reason, s.record_id AS record_id, s.title AS title,
    toJSONString(mapFilter((key, value) -> value != '', map(
        'record_id', s.record_id, 'unit', s.unit_id, 'item', toString(s.item_id), 'title', s.title, 'event_id', s.event_id, 'period', s.period,
        'occurred_on', ifNull(toString(s.occurred_on), ''), 'proposed_on', ifNull(toString(s.proposed_on), ''), 'reviewed_on', ifNull(toString(s.reviewed_on), ''),
        'approved_on', ifNull(toString(s.approved_on), ''), 'published_on', ifNull(toString(s.published_on), ''),
        'uploaded_on', ifNull(toString(s.uploaded_on), ''), 'withdrawn_on', ifNull(toString(s.withdrawn_on), ''),
        'scope', toString(s.scope), 'channel', toString(s.channel), 'url', s.url))) AS content
FROM (SELECT DISTINCT version, reason FROM resolving_$collection WHERE reason != '' AND version > {after:UInt64}) AS r
INNER JOIN collecting_$collection AS s ON s.version = r.version
ORDER BY version
LIMIT 5000
