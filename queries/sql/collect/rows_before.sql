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
    met AS (
        SELECT list, maxIf(number, there AND day IS NULL) AS undated, maxIf(number, there AND ifNull(day = shown_from, false)) AS earliest, countIf(there) AS found
        FROM before
        GROUP BY list
    )
SELECT
    part, countIf(number < 1099511627776) AS rows, countIf(fate = 'record') AS records, countIf(moved) AS moved,
    countIf(wanted) AS expected, countIf(wanted AND there) AS found,
    countIf(wanted AND fate = 'record') AS expected_records, countIf(wanted AND there AND fate = 'record') AS found_records
FROM (
    SELECT b.*, NOT b.gone AND ({complete:Bool} OR ifNull(multiIf(
        m.found = 0, b.shown_from IS NULL OR b.day >= b.shown_from, -- none is there again: nothing says that newer rows have pushed them out
        {kind:String} = 'ledger', b.day IS NULL OR b.shown_from IS NULL OR b.day >= b.shown_from,
        b.day IS NULL, b.number <= m.undated,
        b.shown_from IS NULL, true,
        b.day = b.shown_from, b.number <= m.earliest,
        b.day > b.shown_from), false)) AS wanted
    FROM before AS b
    INNER JOIN met AS m ON m.list = b.list
)
GROUP BY part
ORDER BY part
