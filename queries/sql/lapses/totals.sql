-- The lapses by how long they last (band; all: every one): how many, of essential items, of how many units, due before the window, the earliest
-- day after which one lasts and the most days.
SELECT
    band, count() AS lapsed, countIf(class = 'essential') AS essential, uniqExact(o.unit_id) AS units,
    countIf(cadence != 'standing' AND due_on < {from_on:Date32}) AS carried, assumeNotNull(min(lapsed_after_on)) AS earliest, toInt64(assumeNotNull(max(delay_days))) AS longest
FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS o
ARRAY JOIN [multiIf(delay_days <= 7, 'to_7', delay_days <= 30, 'to_30', delay_days <= 90, 'to_90', 'over_90'), 'all'] AS band
WHERE o.state = 'lapsed' AND o.lapsed
GROUP BY band
ORDER BY band
