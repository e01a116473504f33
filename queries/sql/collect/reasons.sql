-- Why most rows are no records, without what each says itself.
SELECT said AS reason, count() AS rows, any(left_out) AS left_out
FROM (
    SELECT replaceRegexpAll(replaceRegexpAll(splitByString('; ', reason)[1], '"[^"]*"', '…'), ' in cell [A-Z]+[0-9]+', '') AS said, left_out
    FROM rejecting_$collection
)
GROUP BY said
ORDER BY rows DESC, said
LIMIT 1
