-- The earliest day that the rows read show, leaving out pinned rows (a known row above a newer one) unless most would be: such a list is not one
-- with the newest rows first. Empty: no row shows a day.
WITH before AS (
    SELECT fate, key, content, record_id FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64}
)
SELECT ifNull(toString(if({kind:String} = 'ledger' OR 2 * countIf(NOT pinned) < count(), min(day), minIf(day, NOT pinned))), '')
FROM (
    SELECT day, known AND ifNull(max(day) OVER (ORDER BY number DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > day, false) AS pinned
    FROM (
        SELECT number, day,
            key IN (SELECT key FROM before) OR content != 0 AND content IN (SELECT content FROM before)
                OR record_id != '' AND record_id IN (SELECT record_id FROM before) AS known
        FROM looked_rows FINAL
        WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id = {collection_id:UInt64} AND day IS NOT NULL AND number < 1099511627776
    )
)
