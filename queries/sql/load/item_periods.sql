-- Each periodic item's calendar periods, and those for which an event item asks for a nil return, from 1970 to 2099 and their due days: the last day + due_days, or the due_days-th
-- working day after it (SPEC §4).
INSERT INTO item_periods (load_id, item_id, period_no, period, start_on, end_on, due_on, previous_due_on)
WITH
    periodic AS (
        SELECT item_id, due_days, day_kind, transform(if(nil_return = '', cadence, nil_return), ['annual', 'semiannual', 'quarterly', 'monthly'], [12, 6, 3, 1], 0) AS months
        FROM items WHERE load_id = {load_id:UInt64} AND months > 0
    ),
    periods AS (
        SELECT item_id, due_days, day_kind, months,
            arrayJoin(range(toUInt32(intDiv(1970 * 12, months)), toUInt32(intDiv(2100 * 12, months)))) AS period_no,
            makeDate32(intDiv(period_no * months, 12), period_no * months % 12 + 1, 1) AS start_on,
            toDate32(addMonths(start_on, months)) - 1 AS end_on
        FROM periodic
    ),
    workdays AS (SELECT day, working, working_days FROM days WHERE load_id = {load_id:UInt64})
SELECT *, lagInFrame(due_on, 1, toDate32('1900-01-01')) OVER (PARTITION BY item_id ORDER BY period_no ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM (
    SELECT {load_id:UInt64} AS load_id, p.item_id AS item_id, p.period_no AS period_no,
        concat(toString(toYear(p.start_on)), multiIf(
            p.months = 12, '',
            p.months = 6, concat('H', toString(intDiv(toMonth(p.start_on), 6) + 1)),
            p.months = 3, concat('Q', toString(toQuarter(p.start_on))),
            concat('-', leftPad(toString(toMonth(p.start_on)), 2, '0')))) AS period,
        p.start_on AS start_on, p.end_on AS end_on,
        if(p.day_kind = 'working' AND p.due_days > 0, due.day, p.end_on + p.due_days) AS due_on
    FROM periods AS p
    INNER JOIN workdays AS last ON last.day = p.end_on
    LEFT JOIN (SELECT day, working_days FROM workdays WHERE working) AS due ON due.working_days = last.working_days + p.due_days
)
