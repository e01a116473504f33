-- A reject is in force while the last known collection of its source that came to an end still found it (SPEC §3).
SELECT source, place, reason, content, seen
FROM rejected_rows
WHERE (source, collection_id) IN (
    SELECT source, max(collection_id) FROM known_collections(known_at = {known_at:DateTime64(3)})
    WHERE outcome IN ('success', 'failed')
    GROUP BY source
)
ORDER BY source, place
