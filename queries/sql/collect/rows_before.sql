-- Of each part of the source the rows that an earlier collection read, those of them that are to be found again, and those that are there again, in
-- whichever part. To be found again are those of the days shown now. Of the earliest of these days, and of the rows without a day, a list may show
-- some only, as newer rows have pushed the others out: there they are those down to the lowest that was met.
WITH
    now AS (
        SELECT fate, key, content, title, record_id FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64} AND number < 1099511627776
    ),
    before AS (
        SELECT part, fate, number, day, withdrawn OR record_id != '' AND has({gone:Array(String)}, record_id) AS gone,
            key IN (SELECT key FROM now) OR content != 0 AND content IN (SELECT content FROM now)
                OR record_id != '' AND record_id IN (SELECT record_id FROM now)
                OR title != 0 AND (title IN (SELECT title FROM now WHERE fate != 'record') OR fate != 'record' AND title IN (SELECT title FROM now)) AS there
        FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND NOT has({hidden:Array(String)}, toString(part))
    ),
    toDate32OrNull({shown_from:String}) AS shown_from,
    (SELECT (maxIf(number, there AND day IS NULL), maxIf(number, there AND ifNull(day = shown_from, false)), countIf(there)) FROM before) AS met
SELECT
    toString(part) AS part, countIf(number < 1099511627776) AS rows, countIf(fate = 'record') AS records,
    countIf(wanted) AS expected, countIf(wanted AND there) AS found,
    countIf(wanted AND fate = 'record') AS expected_records, countIf(wanted AND there AND fate = 'record') AS found_records
FROM (
    SELECT *, NOT gone AND ({complete:Bool} OR ifNull(multiIf(
        met.3 = 0, shown_from IS NULL OR day >= shown_from, -- none is there again: nothing says that newer rows have pushed them out
        {kind:String} = 'ledger', day IS NULL OR shown_from IS NULL OR day >= shown_from,
        day IS NULL, number <= met.1,
        shown_from IS NULL, true,
        day = shown_from, number <= met.2,
        day > shown_from), false)) AS wanted
    FROM before
)
GROUP BY part
ORDER BY part
