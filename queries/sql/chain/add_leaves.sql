-- What had been kept by the end of a day and is in no link yet.
INSERT INTO chain_leaves (day, kind, source, record_id, version, seen, sha256)
SELECT {day:Date32}, kind, source, record_id, version, seen, sha256
FROM evidence_kept(...)
WHERE (kind, source, record_id, version) NOT IN (
    SELECT toString(kind), source, record_id, version FROM chain_leaves WHERE seen >= {oldest:DateTime64(3)}
)
LIMIT 1 BY kind, source, record_id, version
