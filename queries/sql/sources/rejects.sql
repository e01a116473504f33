-- A page of the rejects in force, of one source or all, that have every word sought, or a reason that says it in the reader's language; with how many
-- there are of the kind.
WITH asked AS (
    SELECT toString(source) AS source, place, reason, content, seen
    FROM rejects_in_force(...)
    WHERE {source:String} IN ('', source)
        AND arrayAll(
            (word, said) -> positionCaseInsensitiveUTF8(concat(source, ' ', place, ' ', reason, ' ', content), word) > 0 OR said != '' AND match(reason, said),
            {words:Array(String)}, arrayResize({reasons:Array(String)}, length({words:Array(String)})))
)
SELECT *, (SELECT count() FROM asked) AS found FROM asked
ORDER BY source, place, reason, content
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
