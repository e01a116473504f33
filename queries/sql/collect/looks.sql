-- The days on which the source was looked at under the configuration, each with how far down its list. A source that does not tell its
-- configuration counts as having been read to the end each time.
SELECT
    if({config_hash:String} = '', toUInt64(18446744073709551615), c.depth) AS rows,
    max(c.day) AS day
FROM collections AS c FINAL
WHERE c.source = {source:String} AND c.outcome = 'success' AND ({config_hash:String} = '' OR c.config_hash = {config_hash:String})
GROUP BY rows
ORDER BY rows
