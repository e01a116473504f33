-- The staged records of a source of several lists that are left out because a row of another list says all that they say: they stand in theirs.
INSERT INTO looked_rows (source, slot, number, collection_id, fate, part, record_id, key, content, title, day, withdrawn)
SELECT
    {source:String}, {slot:UInt8}, r.version - {first_version:UInt64} + {above:UInt64}, {collection_id:UInt64}, 'record', r.list, r.settled_id,
    xxHash64(concat(r.unit_id, '\0', r.item_id, '\0', ifNull(toString(coalesce(r.period_to, r.occurred_on)), ''), '\0', r.event_key)),
    k.content, if(r.title = '', 0, xxHash64(r.title)),
    if(r.dated_by_sight, r.occurred_on, coalesce(r.published_on, r.occurred_on)), ifNull(r.withdrawn_on <= {day:Date32}, false)
FROM (
    SELECT s.*, m.record_id AS settled_id
    FROM (SELECT *, $list AS list FROM collecting_$collection) AS s
    INNER JOIN (SELECT DISTINCT version, record_id FROM resolving_$collection WHERE merged) AS m ON m.version = s.version
) AS r
LEFT JOIN ($contents) AS k ON k.version = r.version
