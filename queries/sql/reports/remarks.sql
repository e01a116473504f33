-- What the last collection of each source that came to an end did not understand or read, the gravest first.
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
ORDER BY source, number
