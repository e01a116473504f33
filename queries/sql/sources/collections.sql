-- The last collections of each source, or of one, the newest first: those known then, and those that were running.
SELECT
    collection_id, toString(source) AS source, toString(kind) AS kind, started_at, ended_at, toString(outcome) AS outcome,
    read, new, changed, unchanged, rejected, not_understood, withdrawn, pages, bytes, error, accepted, accepted_by
FROM (
    SELECT * FROM known_collections(...)
    UNION ALL
    SELECT * FROM collections FINAL WHERE outcome = 'running' AND started_at <= {known_at:DateTime64(3)}
)
WHERE {source:String} IN ('', source)
ORDER BY source, collection_id DESC
LIMIT {limit:UInt64} BY source
