-- The exceptions to Monday–Friday from the window's first year to the year after its last.
SELECT date AS day, any(kind) AS calendar_kind
FROM calendar
WHERE load_id = {load:UInt64} AND toYear(date) BETWEEN toYear({from_on:Date32}) AND toYear(greatest({to_on:Date32}, {as_of:Date32})) + 1
GROUP BY day
ORDER BY day
