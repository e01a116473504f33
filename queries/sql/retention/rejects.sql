-- Collections whose rejected rows no question can show any more.
SELECT DISTINCT collection_id FROM rejected_rows
WHERE (toString(source), collection_id) NOT IN (SELECT source, collection_id FROM pinned_collections(before = {before:DateTime64(3)}))
    AND collection_id < transform(toString(source),
        (SELECT groupArray(source) FROM pinned_collections(before = {before:DateTime64(3)}) WHERE horizon),
        (SELECT groupArray(collection_id) FROM pinned_collections(before = {before:DateTime64(3)}) WHERE horizon), toUInt64(0))
