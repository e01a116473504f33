-- The oldest lapse of each unit's item.
SELECT
    o.unit_id AS unit_id, toString(o.item_id) AS item_id, o.period AS period, assumeNotNull(o.lapsed_after_on) AS lapsed_after_on,
    toInt64(today.working_days) - toInt64(since.working_days) AS working_days
FROM (
    SELECT unit_id, item_id, period, lapsed_after_on
    FROM obligations(...)
    WHERE state = 'lapsed' AND lapsed AND ({worst:String} = '' OR unit_id IN (SELECT unit_id FROM worst_units(...)))
    ORDER BY unit_id, item_id, lapsed_after_on, period
    LIMIT 1 BY unit_id, item_id
) AS o
INNER JOIN (SELECT day, working_days FROM days WHERE load_id = {load:UInt64}) AS since ON since.day = assumeNotNull(o.lapsed_after_on)
CROSS JOIN (SELECT working_days FROM days WHERE load_id = {load:UInt64} AND day = {as_of:Date32}) AS today
ORDER BY unit_id, item_id
