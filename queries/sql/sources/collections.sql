-- The last collections of each source, or of one, the newest first.
SELECT
    collection_id, toString(source) AS source, toString(kind) AS kind, started_at, ended_at, toString(outcome) AS outcome,
    read, new, changed, unchanged, rejected, withdrawn, pages, bytes, error
FROM collections FINAL
WHERE {source:String} IN ('', source) AND started_at <= {known_at:DateTime64(3)}
ORDER BY source, collection_id DESC
LIMIT {limit:UInt64} BY source
