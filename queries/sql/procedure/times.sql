-- How many days lie between two steps of a record, over the records with steps of met obligations that have both days in order: how many
-- records, the quartiles and the longest. Steps: reviewed (since proposed), approved (since reviewed), published (since approved), whole.
SELECT
    interval.1 AS step, count() AS records, toFloat64(quantileExactInclusive(0.25)(days)) AS first_quartile,
    toFloat64(quantileExactInclusive(0.5)(days)) AS median, toFloat64(quantileExactInclusive(0.75)(days)) AS third_quartile, toInt64(max(days)) AS longest
FROM (
    SELECT interval, assumeNotNull(interval.2) AS days
    FROM met_records(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    ARRAY JOIN [
        ('reviewed', dateDiff('day', proposed_on, reviewed_on)), ('approved', dateDiff('day', reviewed_on, approved_on)),
        ('published', dateDiff('day', approved_on, toNullable(published_on))), ('whole', dateDiff('day', proposed_on, toNullable(published_on)))] AS interval
    WHERE steps AND ifNull(interval.2 >= 0, false)
)
GROUP BY step
ORDER BY indexOf(['reviewed', 'approved', 'published', 'whole'], step)
