-- The staged records as rows that the next collections are compared with. Their key is that of the disclosure: it stays when the address changes.
INSERT INTO looked_rows (source, slot, number, collection_id, fate, part, record_id, key, content, title, day, withdrawn)
SELECT
    {source:String}, {slot:UInt8}, r.version - {first_version:UInt64} + {above:UInt64}, {collection_id:UInt64}, 'record',
    if({kind:String} = 'ledger', replaceRegexpOne(r.place, '[0-9]+$', ''), $list), r.record_id,
    xxHash64(concat(r.unit_id, '\0', r.item_id, '\0', ifNull(toString(coalesce(r.period_to, r.occurred_on)), ''), '\0', r.event_key)),
    k.content, if(r.title = '', 0, xxHash64(r.title)),
    if(r.dated_by_sight, r.occurred_on, coalesce(r.published_on, r.occurred_on)), ifNull(r.withdrawn_on <= {day:Date32}, false)
FROM collecting_$collection AS r
LEFT JOIN ($contents) AS k ON k.version = r.version
