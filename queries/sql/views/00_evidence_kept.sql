-- What is in the chain of evidence, by its hash: contents that were collected and files of packs that were frozen in a time, and of each source the visits to
-- addresses that were noted between two instants.
CREATE OR REPLACE VIEW evidence_kept AS
SELECT 'content' AS kind, toString(source) AS source, record_id, version, seen, CAST(SHA256(content), 'FixedString(32)') AS sha256
FROM contents WHERE seen >= {oldest:DateTime64(3)} AND seen < {until:DateTime64(3)}
UNION ALL
SELECT 'file', toString(toUnixTimestamp64Milli(known_at)), file, toUInt64(part), known_at, CAST(SHA256(content), 'FixedString(32)')
FROM freeze_files
WHERE known_at >= {oldest:DateTime64(3)} AND known_at < {until:DateTime64(3)} AND known_at IN (SELECT known_at FROM freezes FINAL WHERE finished = 1)
UNION ALL
SELECT 'manifest', toString(toUnixTimestamp64Milli(known_at)), name, toUInt64(0), known_at, CAST(SHA256(concat(question, '\0', manifest)), 'FixedString(32)')
FROM freezes FINAL WHERE finished = 1 AND known_at >= {oldest:DateTime64(3)} AND known_at < {until:DateTime64(3)}
UNION ALL
SELECT 'checks', source, '', toUInt64(toInt32({day:Date32})), {since:DateTime64(3)},
    CAST(SHA256(arrayStringConcat(arraySort(groupUniqArray(hash)))), 'FixedString(32)')
FROM (
    SELECT toString(source) AS source, SHA256(concat(
        url, '\0', parent_url, '\0', record_id, '\0', unit_id, '\0', toString(item_id), '\0', toString(toUnixTimestamp64Milli(checked_at)), '\0',
        toString(toUnixTimestamp64Milli(noted_at)), '\0', toString(outcome), '\0', toString(status), '\0', final_url, '\0', toString(elapsed_ms), '\0',
        content_hash, '\0', detail)) AS hash
    FROM link_checks WHERE noted_at >= {since:DateTime64(3)} AND noted_at < {until:DateTime64(3)}
)
GROUP BY source
