-- Pairs of texts of one unit and item that are nearly alike in what forms have in common, the later with the last one before it that is not the same thing
-- seen for both: a file that both pages link, or a page that the later has replaced. One of a pair was read since a round. held_texts: held.sql.
SELECT DISTINCT pair.1.5 AS later, pair.2.5 AS earlier, false AS by_words
FROM (
    SELECT
        arraySort(groupArray((at, source, record_id, place, ref, round_id, page))) AS members,
        arrayJoin(arrayMap(
            i -> (members[i], arrayLast(
                before -> before.1 < members[i].1 AND (before.4 = '' OR before.4 != members[i].4)
                    AND (before.7 = 0 OR before.7 != members[i].7 OR before.4 = '' AND members[i].4 = ''),
                arraySlice(members, 1, i - 1)
            )),
            arrayEnumerate(members)
        )) AS pair
    FROM (SELECT ref, source, record_id, place, page, unit_id, item_id, round_id, assumeNotNull(at) AS at, arrayJoin(sketch) AS key FROM held_texts)
    GROUP BY unit_id, item_id, key
    HAVING count() > 1 AND max(round_id) > {since:UInt64}
)
WHERE pair.2.5 != 0 AND greatest(pair.1.6, pair.2.6) > {since:UInt64}
