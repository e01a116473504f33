-- Every obligation of the units (SPEC §4) that is due by the end of the window or within 30 days of the as-of day, before its state is told:
-- periodic ones for each period, events for each event, standing ones once.
CREATE OR REPLACE VIEW duty_obligations AS
WITH
    duties AS (
        SELECT * FROM duties(known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, within = {within:String}, unit = {unit:String},
            programme = {programme:String}, focus = {focus:String})
    ),
    fulfilments AS (
        SELECT * FROM fulfilments(known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, unit = {unit:String},
            programme = {programme:String}, focus = {focus:String})
    ),
    calendar_days AS (
        SELECT day, working, working_days FROM days
        WHERE load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
    ),
    greatest({to_on:Date32}, {as_of:Date32} + 30) AS last_due_on
SELECT
    d.unit_id AS unit_id, d.item_id AS item_id, d.class AS class, d.weight AS weight, d.cadence AS cadence, d.exempt_ranges AS exempt_ranges,
    d.looked_on AS looked_on, p.period AS period, toNullable(p.due_on) AS due_on, p.due_on AS exempt_on, false AS undated,
    f.records > 0 AS met, f.published_on AS published_on, f.published_on <= p.due_on AS in_time, f.shown AS shown,
    f.effective_on <= {as_of:Date32} AND f.effective_on <= p.due_on AS evidenced_in_time,
    p.due_on AS late_after_on, p.due_on AS lapsed_after_on,
    f.records_with_steps AS records_with_steps, f.records_in_order AS records_in_order, f.records_placed AS records_placed,
    f.records_with_evidence AS records_with_evidence
FROM duties AS d
INNER JOIN (
    SELECT item_id, period_no, period, end_on, due_on FROM item_periods
    WHERE load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)}) AND due_on <= last_due_on
) AS p ON p.item_id = d.item_id
LEFT JOIN (SELECT * FROM fulfilments WHERE cadence != 'event') AS f
    ON f.unit_id = d.unit_id AND f.item_id = d.item_id AND f.period_no = p.period_no
WHERE ifNull(d.active_from <= p.end_on, true) AND ifNull(d.active_to >= p.end_on, true)
    AND ifNull(d.valid_from <= p.end_on, true) AND ifNull(d.valid_to >= p.end_on, true)

UNION ALL
SELECT
    d.unit_id, d.item_id, d.class, d.weight, d.cadence, d.exempt_ranges, d.looked_on,
    ifNull(toString(f.event_on), '') AS period,
    multiIf(isNull(f.event_on), NULL, f.day_kind = 'working' AND f.due_days > 0, due.day, f.event_on + f.due_days) AS due_on,
    ifNull(due_on, toDate32('1900-01-01')) AS exempt_on, isNull(f.event_on) AS undated,
    f.records > 0 AS met, f.published_on, f.published_on <= due_on, f.shown,
    f.effective_on <= {as_of:Date32} AND f.effective_on <= due_on,
    exempt_on, exempt_on,
    f.records_with_steps, f.records_in_order, f.records_placed, f.records_with_evidence
FROM (SELECT * FROM fulfilments WHERE cadence = 'event') AS f
INNER JOIN duties AS d ON d.unit_id = f.unit_id AND d.item_id = f.item_id
LEFT JOIN calendar_days AS happened ON happened.day = ifNull(f.event_on, toDate32('1900-01-01'))
LEFT JOIN (SELECT day, working_days FROM calendar_days WHERE working) AS due ON due.working_days = happened.working_days + f.due_days
WHERE isNull(f.event_on) AND f.records > 0
    OR (ifNull(f.event_on >= d.valid_from, true) AND ifNull(f.event_on <= d.valid_to, true) AND due_on <= last_due_on)

UNION ALL
SELECT
    d.unit_id, d.item_id, d.class, d.weight, d.cadence, d.exempt_ranges, d.looked_on,
    '' AS period,
    toNullable(if(d.day_kind = 'working' AND d.due_days > 0, due.day, d.starts_on + d.due_days)) AS due_on,
    {as_of:Date32} AS exempt_on, false AS undated,
    s.records > 0 AND s.up AS met, toNullable(s.since) AS published_on, s.since <= due_on OR s.since < {from_on:Date32},
    (s.shown.3, s.shown.4, s.shown.5, s.shown.6, s.shown.7),
    s.shown.8 <= {as_of:Date32} AND (s.shown.8 <= due_on OR s.shown.8 < {from_on:Date32}),
    greatest(assumeNotNull(due_on), s.previous_run_ended_on), greatest(assumeNotNull(due_on), ifNull(s.withdrawn_on, toDate32('1900-01-01'))),
    s.records_with_steps, s.records_in_order, s.records_placed, s.records_with_evidence
FROM (
    SELECT *, greatest(ifNull(active_from, toDate32('1970-01-01')), ifNull(valid_from, toDate32('1970-01-01'))) AS starts_on
    FROM duties
    WHERE cadence = 'standing' AND ifNull(valid_from <= {as_of:Date32}, true) AND ifNull(valid_to >= {as_of:Date32}, true)
) AS d
LEFT JOIN standing_fulfilments(known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, unit = {unit:String},
    programme = {programme:String}, focus = {focus:String}) AS s ON s.unit_id = d.unit_id AND s.item_id = d.item_id
LEFT JOIN calendar_days AS started ON started.day = d.starts_on
LEFT JOIN (SELECT day, working_days FROM calendar_days WHERE working) AS due ON due.working_days = started.working_days + d.due_days
WHERE due_on <= last_due_on
