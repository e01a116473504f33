-- What the last collection of each source did not understand or read, the gravest first.
SELECT source, place, fate, remark, nearest, parts, seen
FROM remarks_in_force(known_at = {known_at:DateTime64(3)})
ORDER BY source, number
