-- The rows of the last look, from the top of the list on.
SELECT content, title, ifNull(toString(day), '') AS shown_on
FROM looked_rows FINAL
WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64}
ORDER BY number
