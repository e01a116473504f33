-- How many days lie between two steps of a record, over the records with steps of met obligations that have both days in order: how many
-- records, the quartiles and the longest. Steps: reviewed (since proposed), approved (since reviewed), published (since approved), whole.
SELECT
    interval.1 AS step, count() AS records, toFloat64(quantileExactInclusive(0.25)(days)) AS first_quartile,
    toFloat64(quantileExactInclusive(0.5)(days)) AS median, toFloat64(quantileExactInclusive(0.75)(days)) AS third_quartile, toInt64(max(days)) AS longest
FROM (
    SELECT interval, assumeNotNull(interval.2) AS days
    FROM met_records(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {listed_within:String}, unit = {listed_unit:String}, programme = {programme:String}, focus = {focus:String}, group_name = {group_name:String})
    ARRAY JOIN [
        ('reviewed', dateDiff('day', proposed_on, reviewed_on)), ('approved', dateDiff('day', reviewed_on, approved_on)),
        ('published', dateDiff('day', approved_on, toNullable(published_on))), ('whole', dateDiff('day', proposed_on, toNullable(published_on)))] AS interval
    WHERE steps AND ifNull(interval.2 >= 0, false)
)
GROUP BY step
ORDER BY indexOf(['reviewed', 'approved', 'published', 'whole'], step)
