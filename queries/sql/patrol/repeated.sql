-- Pairs of texts of one unit and item that are nearly alike in what forms have in common, the later with the last one before it. One of a pair was read
-- since a round. held_texts: held.sql.
SELECT DISTINCT pair.1 AS later, pair.2 AS earlier, false AS by_words
FROM (
    SELECT
        arraySort(groupArray((at, source, record_id, place, ref, round_id))) AS members,
        arrayJoin(arrayFilter(pair -> pair.2 != 0, arrayMap(
            i -> (members[i].5, arrayLast(before -> before.1 < members[i].1, arraySlice(members, 1, i - 1)).5, greatest(members[i].6, arrayLast(before -> before.1 < members[i].1, arraySlice(members, 1, i - 1)).6)),
            arrayEnumerate(members)
        ))) AS pair
    FROM (SELECT ref, source, record_id, place, unit_id, item_id, round_id, assumeNotNull(at) AS at, arrayJoin(sketch) AS key FROM held_texts)
    GROUP BY unit_id, item_id, key
    HAVING count() > 1 AND max(round_id) > {since:UInt64}
)
WHERE pair.3 > {since:UInt64}
