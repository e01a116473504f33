-- What the last collections of all sources, or of one, did not understand or read, the gravest first.
SELECT toString(source) AS source, r.2 AS place, r.1 AS fate, r.3 AS remark, r.4 AS nearest, r.5 AS parts, ended_at AS seen
FROM (
    SELECT source, ended_at, remarks
    FROM known_collections(known_at = {known_at:DateTime64(3)})
    WHERE outcome IN ('success', 'suspicious', 'failed')
    ORDER BY collection_id DESC
    LIMIT 1 BY source
)
ARRAY JOIN
    JSONExtract(remarks, 'Array(Tuple(String, String, String, String, UInt64))') AS r,
    arrayEnumerate(JSONExtractArrayRaw(remarks)) AS number
WHERE {source:String} IN ('', source)
ORDER BY multiIf(fate = 'unread', 0, fate = 'not_understood', 1, 2), source, number
LIMIT {limit:UInt64}
