-- The first content that should be in the chain and is in no link: one that was collected before the end of the last link by a collection that had ended when
-- it was made, or by none that is known.
SELECT toString(c.source) AS source, c.record_id AS record_id, c.version AS version, c.seen AS seen
FROM (SELECT source, record_id, version, seen, collection_id FROM contents WHERE seen < {until:DateTime64(3)}) AS c
LEFT JOIN (
    SELECT toString(source) AS source, collection_id, outcome, ended_at FROM collections FINAL
) AS of ON of.source = c.source AND of.collection_id = c.collection_id
WHERE (of.outcome = '' OR of.outcome != 'running' AND of.ended_at < {computed_at:DateTime64(3)})
    AND (toString(c.source), c.record_id, c.version) NOT IN (SELECT source, record_id, version FROM chain_leaves WHERE kind = 'content')
ORDER BY c.seen, source, record_id, version
LIMIT 1
