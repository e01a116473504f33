-- Why most rows are no records, of each list of a source of several, without what each says itself.
SELECT part, said AS reason, count() AS rows, any(left_out) AS left_out
FROM (
    SELECT $list AS part, replaceRegexpAll(replaceRegexpAll(splitByString('; ', reason)[1], '"[^"]*"', '…'), ' in cell [A-Z]+[0-9]+', '') AS said, left_out
    FROM (SELECT *, number AS version FROM rejecting_$collection)
)
GROUP BY part, said
ORDER BY part, rows DESC, said
LIMIT 1 BY part
