-- The next obligation of each unit's item that is not met and due within 30 days.
SELECT
    o.unit_id AS unit_id, toString(o.item_id) AS item_id, o.period AS period, assumeNotNull(o.due_on) AS due_on,
    toInt64(due.working_days) - toInt64(today.working_days) AS working_days
FROM (
    SELECT unit_id, item_id, period, due_on
    FROM obligations(...)
    WHERE state = 'pending' AND due_on <= {as_of:Date32} + 30 AND ({worst:String} = '' OR unit_id IN (SELECT unit_id FROM worst_units(...)))
    ORDER BY unit_id, item_id, due_on, period
    LIMIT 1 BY unit_id, item_id
) AS o
INNER JOIN (SELECT day, working_days FROM days WHERE load_id = {load:UInt64}) AS due ON due.day = assumeNotNull(o.due_on)
CROSS JOIN (SELECT working_days FROM days WHERE load_id = {load:UInt64} AND day = {as_of:Date32}) AS today
ORDER BY unit_id, item_id
