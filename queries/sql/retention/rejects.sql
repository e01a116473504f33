-- Collections whose rejected rows no question can show any more.
SELECT DISTINCT collection_id FROM rejected_rows
WHERE (toString(source), collection_id) NOT IN (SELECT source, collection_id FROM pinned_collections(...))
    AND collection_id < transform(toString(source),
        (SELECT groupArray(source) FROM pinned_collections(...) WHERE horizon),
        (SELECT groupArray(collection_id) FROM pinned_collections(...) WHERE horizon), toUInt64(0))
