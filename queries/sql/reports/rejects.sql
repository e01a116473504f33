-- A reject is in force while the last finished collection of its source still found it (SPEC §3).
SELECT source, place, reason, content, seen
FROM rejected_rows
WHERE (source, collection_id) IN (
    SELECT source, max(collection_id) FROM collections FINAL
    WHERE outcome IN ('success', 'failed') AND started_at <= {known_at:DateTime64(3)}
    GROUP BY source
)
ORDER BY source, place
