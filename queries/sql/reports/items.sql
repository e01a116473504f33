SELECT
    i.item_id AS item_id, i.name AS item, i.class AS class, r.units AS units, r.assessed AS assessed,
    toDecimal64(intDiv(20000 * r.met + r.assessed, nullIf(2 * r.assessed, 0)), 4) / 10000 AS coverage,
    toDecimal64(intDiv(20000 * r.on_time + r.assessed, nullIf(2 * r.assessed, 0)), 4) / 10000 AS timeliness,
    r.lapsed AS lapsed
FROM (SELECT item_id, name, class FROM items WHERE load_id = {load:UInt64}) AS i
INNER JOIN (
    SELECT
        item_id, sum(t.units) AS units, sum(t.assessed) AS assessed, sum(t.met) AS met, sum(t.on_time) AS on_time, sum(t.lapsed) AS lapsed
    FROM item_totals(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS t
    WHERE {group_name:String} IN ('all', group_name)
    GROUP BY item_id
) AS r ON r.item_id = i.item_id
ORDER BY r.lapsed DESC, coverage NULLS LAST, i.item_id
