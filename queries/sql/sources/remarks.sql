-- What the last collections of all sources, or of one, did not understand or read, the gravest first.
SELECT source, place, fate, remark, nearest, parts, seen
FROM remarks_in_force(...)
WHERE {source:String} IN ('', source)
ORDER BY multiIf(fate = 'unread', 0, fate = 'not_understood', 1, 2), source, number
LIMIT {limit:UInt64}
