-- earlier
-- How the source's last collection under the same configuration left it: whether it came to its end, and where it failed on the same day.
SELECT
    outcome = 'success' AND error = '' AND config_hash = {config_hash:String} AS unbroken,
    outcome = 'failed' AND day = {day:Date32} AND config_hash = {config_hash:String} AS resumable,
    if(resumable, bookmark_position, 0) AS position,
    if(resumable, bookmark_cursor, '') AS cursor,
    if(resumable, bookmark_above, 0) AS above
FROM collections FINAL
WHERE source = {source:String} AND outcome IN ('success', 'failed')
ORDER BY collection_id DESC
LIMIT 1
