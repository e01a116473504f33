-- What the last collection of each source did not understand or read, the gravest first.
SELECT source, place, fate, remark, nearest, parts, seen
FROM remarks_in_force(...)
ORDER BY source, number
