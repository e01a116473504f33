-- What lapsed within so many days, with when that became known: when the last of the covering sources had ended its first look after. Newest first.
WITH lapses AS (
    SELECT unit_id, unit, toString(item_id) AS item_id, item, toString(class) AS class, toString(cadence) AS cadence, period, due_on, assumeNotNull(lapsed_after_on) AS lapsed_after_on
    FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    WHERE state = 'lapsed' AND lapsed AND lapsed_after_on >= {as_of:Date32} - {days:UInt32}
)
SELECT
    l.unit_id AS unit_id, l.unit AS unit, l.item_id AS item_id, l.item AS item, l.class AS class, l.cadence AS cadence, l.period AS period, l.due_on AS due_on,
    l.lapsed_after_on AS lapsed_after_on, max(arrayMin(look -> look.2, arrayFilter(look -> look.1 > l.lapsed_after_on, k.looks))) AS seen, l.obligations AS obligations
FROM (
    SELECT l.*, arrayJoin(d.sources) AS source
    FROM (SELECT *, count() AS obligations FROM lapses GROUP BY ALL) AS l
    INNER JOIN (
        SELECT unit_id, toString(item_id) AS item_id, arrayMap(source -> toString(source), sources) AS sources FROM duties
        WHERE load_id = {load:UInt64} AND unit_id IN (SELECT unit_id FROM lapses)
    ) AS d ON d.unit_id = l.unit_id AND d.item_id = l.item_id
) AS l
INNER JOIN (
    SELECT toString(source) AS source, groupArray((day, ended_at)) AS looks FROM known_collections(...)
    WHERE outcome = 'success' AND day > {as_of:Date32} - {days:UInt32} GROUP BY source
) AS k ON k.source = l.source
GROUP BY ALL
ORDER BY seen DESC, unit_id, item_id, lapsed_after_on, period
LIMIT {limit:UInt32}
