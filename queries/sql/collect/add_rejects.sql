-- The rejected rows of the collection; one that was in force already keeps when it was first seen. A collection that did not
-- succeed has not looked everywhere, so the rejects of places it did not reject again stay.
INSERT INTO rejected_rows (collection_id, source, place, reason, content, seen)
WITH in_force AS (
    SELECT place, reason, content, min(seen) AS seen FROM rejected_rows
    WHERE source = {source:String} AND collection_id = (
        SELECT max(collection_id) FROM collections FINAL
        WHERE source = {source:String} AND outcome IN ('success', 'suspicious', 'failed') AND collection_id != {collection_id:UInt64}
    )
    GROUP BY place, reason, content
)
SELECT {collection_id:UInt64}, {source:String}, place, reason, content, seen
FROM (
    SELECT r.place AS place, r.reason AS reason, r.content AS content,
        if(f.place != '', f.seen, fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC')) AS seen
    FROM rejecting_$collection AS r
    LEFT JOIN in_force AS f ON f.place = r.place AND f.reason = r.reason AND f.content = r.content
    WHERE NOT r.left_out
    UNION ALL
    SELECT place, reason, content, seen FROM in_force
    WHERE {carry:Bool} AND place NOT IN (SELECT place FROM rejecting_$collection WHERE NOT left_out)
)
WHERE (place, reason, content) NOT IN (
    SELECT place, reason, content FROM rejected_rows WHERE source = {source:String} AND collection_id = {collection_id:UInt64}
)
