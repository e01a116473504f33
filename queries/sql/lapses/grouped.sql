-- The lapses of each unit, or of each item (by), those with the most first, then as their oldest lapse comes in the report: with the oldest, and what
-- else is concerned: of a unit its items with their periods, of an item its units, a part of them beside their number.
SELECT
    key AS id, any(if({by:String} = 'item', item, unit)) AS name, toString(any(if({by:String} = 'item', class, group))) AS kind,
    count() AS lapses, countIf(class = 'essential') AS essential,
    assumeNotNull(min(lapsed_after_on)) AS earliest, toInt64(assumeNotNull(max(delay_days))) AS longest,
    arraySlice(arrayDistinct(arrayMap(one -> one.5, groupArraySorted(64)((lapsed_after_on, unit_id, item_id, period, other)))), 1, {named:UInt32}) AS others,
    uniqExact(other) AS other_count, count() OVER () AS found
FROM (
    SELECT *, toString(if({by:String} = 'item', item_id, unit_id)) AS key, if({by:String} = 'item', unit, trimRight(concat(item, ' ', period))) AS other
    FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    WHERE state = 'lapsed' AND lapsed
)
GROUP BY key
ORDER BY lapses DESC, min((lapsed_after_on, unit_id, item_id, period))
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
