-- What the last known collection of each source that came to an end, and the last known reading of the registry's files (source ''), did not
-- understand or read; number is its place among them, the gravest first.
CREATE OR REPLACE VIEW remarks_in_force AS
SELECT source, r.2 AS place, r.1 AS fate, r.3 AS remark, r.4 AS nearest, r.5 AS parts, seen, number
FROM (
    SELECT toString(source) AS source, ended_at AS seen, remarks
    FROM known_collections(...)
    WHERE outcome IN ('success', 'suspicious', 'failed')
    ORDER BY collection_id DESC
    LIMIT 1 BY source
    UNION ALL
    SELECT '' AS source, read_at AS seen, remarks FROM registry_readings WHERE read_at <= {known_at:DateTime64(3)} ORDER BY read_at DESC LIMIT 1
)
ARRAY JOIN
    JSONExtract(remarks, 'Array(Tuple(String, String, String, String, UInt64))') AS r,
    arrayEnumerate(JSONExtractArrayRaw(remarks)) AS number
