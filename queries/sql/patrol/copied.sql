-- Pairs of texts of different units that may be the same, the later first: by figures and days that only few units state (min-hashes of four of them, and
-- of two of those that few texts state, so that what is alike by chance grows no faster than the texts), and long texts without any by what they say
-- (min-hashes of ClickHouse), where at most three units say it. One of a pair was read since a round. Of each text at most three earlier ones, none of its
-- own page or file. Of very many this is done in slices. held_texts: held.sql, stated_texts: stated.sql.
WITH
(figures, most) -> if(length(figures) < 2, [], arrayMap(
    seed -> (false, cityHash64(seed, arraySlice(arraySort(one -> cityHash64(seed, one), figures), 1, most))), range(8)
)) AS bands,
common AS (
    SELECT one
    FROM (SELECT unit_id, arrayJoin(stated) AS one FROM held_texts)
    GROUP BY one
    HAVING uniq(unit_id) > {units:UInt64}
), often AS (
    SELECT one
    FROM stated_texts
    WHERE texts > (SELECT sqrt(count()) / 8 FROM held_texts)
), shared AS ( -- what so many units say with the same figures is theirs by right
    SELECT cityHash64(stated) AS said
    FROM held_texts
    WHERE notEmpty(stated)
    GROUP BY said
    HAVING uniq(unit_id) > 8
)
SELECT later, earlier, max(by_words) AS by_words
FROM (
    SELECT
        arraySort(groupArray((published, source, record_id, place, ref, unit_id, round_id, page))) AS members,
        by_words,
        arrayJoin(arrayFlatten(arrayMap(
            i -> arrayMap(
                before -> (members[i].5, before.5),
                arraySlice(arrayFilter(
                    before -> before.6 != members[i].6 AND (before.7 > {since:UInt64} OR members[i].7 > {since:UInt64})
                        AND (before.8 = 0 OR before.8 != members[i].8) AND (before.4 = '' OR before.4 != members[i].4),
                    arraySlice(members, 1, i - 1)
                ), 1, 3)
            ),
            arrayEnumerate(members)
        ))) AS pair,
        pair.1 AS later, pair.2 AS earlier
    FROM (
        SELECT ref, source, record_id, place, page, unit_id, round_id, assumeNotNull(published_on) AS published, key.1 AS by_words, key.2 AS band
        FROM (
            SELECT ref, source, record_id, place, page, unit_id, round_id, published_on, sketch, letters,
                arrayFilter(one -> one NOT IN common, stated) AS own, arrayFilter(one -> one NOT IN often, own) AS rare
            FROM held_texts
            WHERE letters >= 20 AND cityHash64(stated) NOT IN shared
        )
        ARRAY JOIN arrayConcat(
            bands(rare, 2),
            bands(own, 4),
            if(letters < 200, [], arrayMap(
                one -> (true, one), arrayConcat(sketch, [cityHash64(sketch[1], sketch[3]), cityHash64(sketch[2], sketch[4]), cityHash64(sketch)])
            ))
        ) AS key
        WHERE band % {slices:UInt64} = {slice:UInt64}
    )
    GROUP BY by_words, band
    HAVING uniq(unit_id) > 1 AND count() <= 200 AND (NOT by_words OR uniq(unit_id) <= 3) AND max(round_id) > {since:UInt64}
)
GROUP BY later, earlier
ORDER BY later, count() DESC, earlier
LIMIT 3 BY later
