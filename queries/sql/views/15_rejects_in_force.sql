-- The rejected rows in force: those that the last known collection of their source that came to an end still found (SPEC §3).
CREATE OR REPLACE VIEW rejects_in_force AS
SELECT source, place, reason, content, seen
FROM rejected_rows
WHERE (source, collection_id) IN (
    SELECT source, max(collection_id) FROM known_collections(...)
    WHERE outcome IN ('success', 'suspicious', 'failed')
    GROUP BY source
)
