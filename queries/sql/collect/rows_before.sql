-- Of each part of the source the rows that an earlier collection read, those of them that are to be found again, and those that are there again, in
-- whichever part. To be found again are those of the days shown now: from the earliest on, leaving out pinned rows (a known row above a newer one)
-- unless most would be, as such a list is not one with the newest rows first. Of the earliest of these days, and of the rows without a day, a list may
-- show some only, as newer rows have pushed the others out: there they are those down to the lowest that was met. The lists of a source of several
-- show their own days each; a ledger's files, and lists of a collection of before they were distinguished, show those of all.
WITH
    (
        SELECT {kind:String} = 'ledger' OR countIf(part != '') = 0 FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64}
    ) AS undivided,
    now AS (
        SELECT if(undivided, '', toString(part)) AS list, number, day, fate, key, content, title, record_id FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64} AND number < 1099511627776
    ),
    then AS (
        SELECT * FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64}
    ),
    shown AS (
        SELECT list, if({kind:String} = 'ledger' OR 2 * countIf(NOT pinned) < count(), min(day), minIf(day, NOT pinned)) AS shown_from
        FROM (
            SELECT list, day, known AND ifnull(
                max(day) OVER (PARTITION BY list ORDER BY number DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > day, false) AS pinned
            FROM (
                SELECT list, number, day,
                    key IN (SELECT key FROM then) OR content != 0 AND content IN (SELECT content FROM then)
                        OR record_id != '' AND record_id IN (SELECT record_id FROM then) AS known
                FROM now
                WHERE day IS NOT NULL
            )
        )
        GROUP BY list
    ),
    before AS (
        SELECT b.*, s.shown_from AS shown_from
        FROM (
            SELECT
                toString(part) AS part, if(undivided, '', toString(part)) AS list, fate, number, day,
                withdrawn OR record_id != '' AND has({gone:Array(String)}, record_id) AS gone,
                key IN (SELECT key FROM now) OR content != 0 AND content IN (SELECT content FROM now)
                    OR record_id != '' AND record_id IN (SELECT record_id FROM now)
                    OR title != 0 AND (title IN (SELECT title FROM now WHERE fate != 'record') OR fate != 'record' AND title IN (SELECT title FROM now)) AS there,
                NOT undivided AND there AND (key, list) NOT IN (SELECT key, list FROM now WHERE NOT undivided) AS moved
            FROM then
            WHERE NOT has({hidden:Array(String)}, toString(part))
        ) AS b
        LEFT JOIN shown AS s ON s.list = b.list
    ),
    counted AS (
        -- Rows that are alike, added up, before their lists are looked at: what goes before is planned and computed once. A number decides only
        -- of rows of an online source, and there of those without a day and of the earliest.
        SELECT part, list, fate, day, shown_from, gone, there, moved,
            if({kind:String} != 'ledger' AND ifNull(day = shown_from, true), number, 0) AS place,
            count() AS rows, countIf(number < 1099511627776) AS read
        FROM before
        GROUP BY part, list, fate, day, shown_from, gone, there, moved, place
    ),
    met AS (
        SELECT *,
            maxIf(place, there AND day IS NULL) OVER (PARTITION BY list) AS undated,
            maxIf(place, there AND ifNull(day = shown_from, false)) OVER (PARTITION BY list) AS earliest,
            sumIf(rows, there) OVER (PARTITION BY list) AS found
        FROM counted
    )
SELECT
    part, sum(read) AS rows, sumIf(m.rows, fate = 'record') AS records, sumIf(m.rows, moved) AS moved,
    sumIf(m.rows, wanted) AS expected, sumIf(m.rows, wanted AND there) AS found,
    sumIf(m.rows, wanted AND fate = 'record') AS expected_records, sumIf(m.rows, wanted AND there AND fate = 'record') AS found_records
FROM (
    SELECT part, fate, there, moved, rows, read, NOT gone AND ({complete:Bool} OR ifNull(multiIf(
        found = 0, shown_from IS NULL OR day >= shown_from, -- none is there again: nothing says that newer rows have pushed them out
        {kind:String} = 'ledger', day IS NULL OR shown_from IS NULL OR day >= shown_from,
        day IS NULL, place <= undated,
        shown_from IS NULL, true,
        day = shown_from, place <= earliest,
        day > shown_from), false)) AS wanted
    FROM met
) AS m
GROUP BY part
ORDER BY part
