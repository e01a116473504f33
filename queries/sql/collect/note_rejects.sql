-- The staged rows that were rejected or left out. A row without a title is recognised by its text: addresses in it may change.
INSERT INTO looked_rows (source, slot, number, collection_id, fate, part, record_id, key, content, title, day)
SELECT
    {source:String}, {slot:UInt8}, number - {first_version:UInt64} + {above:UInt64}, {collection_id:UInt64}, if(left_out, 'left_out', 'rejected'),
    if({kind:String} = 'ledger', replaceRegexpOne(place, '[0-9]+$', ''), $list), record_id,
    xxHash64(if(title != '', title, replaceRegexpAll(content, '<[^>]*>|\\s+', ''))), xxHash64(content), if(title = '', 0, xxHash64(title)),
    toDate32OrNull(day)
FROM (SELECT *, number AS version FROM rejecting_$collection)
WHERE number >= {first_version:UInt64}
