-- Raw contents that were collected before the horizon.
SELECT source, record_id, version, seen, length(content) AS bytes, content_hash, CAST(SHA256(content), 'FixedString(32)') AS sha256
FROM contents
WHERE seen < {before:DateTime64(3)}
