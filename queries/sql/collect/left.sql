-- left
-- The last page that the source's last collection read, if it failed on the same day under the same configuration.
SELECT position, cursor, above
FROM (
    SELECT
        outcome = 'failed' AND day = {day:Date32} AND config_hash = {config_hash:String} AS resumable,
        bookmark_position AS position, bookmark_cursor AS cursor, bookmark_above AS above
    FROM collections FINAL
    WHERE source = {source:String} AND outcome IN ('success', 'suspicious', 'failed')
    ORDER BY collection_id DESC
    LIMIT 1
)
WHERE resumable
