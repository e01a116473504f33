-- Why most rows are no records, without what each says itself.
SELECT replaceRegexpAll(splitByString('; ', reason)[1], '"[^"]*"', '…') AS reason, count() AS rows, any(left_out) AS left_out
FROM rejecting_$collection
GROUP BY reason
ORDER BY rows DESC, reason
LIMIT 1
