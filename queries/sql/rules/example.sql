-- A periodic item's last period that was due by the as-of day, to explain due days with: counted in working days if there is one, of the
-- greatest class; and how many of the days up to its due day are days of rest.
WITH chosen AS (
    SELECT toString(i.item_id) AS item_id, i.name AS item, toString(i.cadence) AS cadence, i.due_days AS due_days, toString(i.day_kind) AS day_kind,
        p.period AS period, p.end_on AS end_on, p.due_on AS due_on
    FROM item_periods AS p
    INNER JOIN items AS i ON i.item_id = p.item_id
    WHERE p.load_id = {load:UInt64} AND i.load_id = {load:UInt64} AND i.cadence != 'event' AND p.due_on BETWEEN toDate32(addMonths({as_of:Date32}, -24)) AND {as_of:Date32} - 1
        AND ifNull(i.valid_from <= p.end_on, true) AND ifNull(i.valid_to >= p.end_on, true)
    ORDER BY i.day_kind = 'working' DESC, indexOf(['essential', 'obligatory', 'recommended'], toString(i.class)), p.due_on DESC, i.item_id
    LIMIT 1
)
SELECT item_id, item, cadence, due_days, day_kind, period, end_on, due_on,
    (SELECT count() FROM days WHERE load_id = {load:UInt64} AND NOT working AND day > (SELECT any(end_on) FROM chosen) AND day <= (SELECT any(due_on) FROM chosen)) AS rest_days
FROM chosen
