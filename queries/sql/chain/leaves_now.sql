-- The leaves of a day with what stands behind each now: the hashes of all copies that there are, and that of what the retention policy has removed.
SELECT
    l.kind AS kind, l.source AS source, l.record_id AS record_id, l.version AS version, l.seen AS seen, l.sha256 AS sha256, n.hashes AS hashes,
    g.removed AS removed, g.sha256 AS removed_sha256
FROM (
    SELECT toString(kind) AS kind, source, record_id, version, seen, sha256 FROM chain_leaves FINAL WHERE day = {day:Date32}
) AS l
LEFT JOIN (
    SELECT kind, source, record_id, version, groupUniqArray(sha256) AS hashes FROM evidence_kept(...) GROUP BY kind, source, record_id, version
) AS n ON n.kind = l.kind AND n.source = l.source AND n.record_id = l.record_id AND n.version = l.version
LEFT JOIN (
    SELECT 'content' AS kind, toString(source) AS source, record_id, version, any(sha256) AS sha256, true AS removed
    FROM removed_contents WHERE seen >= {oldest:DateTime64(3)} AND seen < {until:DateTime64(3)}
    GROUP BY source, record_id, version
) AS g ON g.kind = l.kind AND g.source = l.source AND g.record_id = l.record_id AND g.version = l.version
ORDER BY kind, source, record_id, version
