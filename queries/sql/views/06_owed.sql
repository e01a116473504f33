-- Every obligation of the active units (SPEC §4) that is due by to_on or within 30 days of the as-of day, before its state: periodic ones for each
-- period, events for each event, standing ones once.
CREATE OR REPLACE VIEW owed AS
WITH
    active_duties AS (
        SELECT * FROM active_duties(unit = '', programme = '', focus = '', ...)
    ),
    fulfilments AS (
        SELECT * FROM fulfilments(unit = '', programme = '', focus = '', ...)
    ),
    calendar_days AS (SELECT day, working, working_days FROM days WHERE load_id = {load:UInt64}),
    greatest({to_on:Date32}, {as_of:Date32} + 30) AS last_due_on
SELECT
    d.unit_id AS unit_id, d.item_id AS item_id, d.programme AS programme, d.focus AS focus, d.class AS class, d.weight AS weight, d.cadence AS cadence, d.exempt_ranges AS exempt_ranges,
    d.looked_on AS looked_on, d.period AS period, toNullable(d.due_on) AS due_on,
    if(d.months = 0, {as_of:Date32}, d.due_on) AS exempt_on,
    if(d.months = 0, f.up, f.records > 0) AS met,
    if(d.months = 0, toNullable(f.up_since), f.published_on) AS published_on,
    if(d.months = 0, f.up_since <= d.due_on, ifNull(f.published_on <= d.due_on, false)) AS in_time,
    if(d.months = 0, (f.shown_display.3, f.shown_display.4, f.shown_display.5, f.shown_display.6, f.shown_display.7, f.shown_display.10), f.shown) AS shown,
    if(d.months = 0, toNullable(f.shown_display.8), f.effective_on) AS effective_on,
    if(d.months = 0, greatest(d.due_on, f.previous_run_ended_on), d.due_on) AS late_after_on,
    if(d.months = 0, greatest(d.due_on, f.last_withdrawn_on), d.due_on) AS lapsed_after_on,
    f.records_with_steps AS records_with_steps, f.records_in_order AS records_in_order, f.records_placed AS records_placed,
    f.records_with_evidence AS records_with_evidence,
    toInt64(ifNull(d.period_no, 0)) AS period_no, toDate32('1900-01-01') AS happened_on, '' AS event_key -- which of the fulfilments it is
FROM (
    SELECT d.*, p.period_no AS period_no, p.period AS period, if(d.months = 0, assumeNotNull(d.standing_due_on), p.due_on) AS due_on,
        if(d.months = 0, {as_of:Date32}, p.end_on) AS owed_on
    FROM active_duties AS d
    LEFT JOIN (
        SELECT item_id, period_no, period, end_on, due_on FROM item_periods WHERE load_id = {load:UInt64} AND due_on <= last_due_on
    ) AS p ON p.item_id = d.item_id
    WHERE d.cadence != 'event'
) AS d
LEFT JOIN (SELECT * FROM fulfilments WHERE NOT event) AS f ON f.unit_id = d.unit_id AND f.item_id = d.item_id AND f.period_no = d.period_no
WHERE d.due_on <= last_due_on
    AND ifNull(d.active_from <= d.owed_on, true) AND ifNull(d.active_to >= d.owed_on, true)
    AND ifNull(d.valid_from <= d.owed_on, true) AND ifNull(d.valid_to >= d.owed_on, true)

UNION ALL
SELECT
    d.unit_id, d.item_id, d.programme, d.focus, d.class, d.weight, d.cadence, d.exempt_ranges,
    d.looked_on, ifNull(toString(f.event_on), ''),
    multiIf(isNull(f.event_on), NULL, d.working, due.day, f.event_on + d.due_days) AS due_on,
    ifNull(due_on, toDate32('1900-01-01')) AS exempt_on,
    f.records > 0,
    f.published_on,
    ifNull(f.published_on <= due_on, false),
    f.shown,
    f.effective_on,
    exempt_on, exempt_on,
    f.records_with_steps, f.records_in_order, f.records_placed, f.records_with_evidence,
    toInt64(ifNull(f.period_no, 0)), ifNull(f.event_on, toDate32('1900-01-01')), f.event_key
FROM (SELECT * FROM fulfilments WHERE event) AS f
INNER JOIN active_duties AS d ON d.unit_id = f.unit_id AND d.item_id = f.item_id
LEFT JOIN calendar_days AS happened ON happened.day = ifNull(f.event_on, toDate32('1900-01-01'))
LEFT JOIN (SELECT day, working_days FROM calendar_days WHERE working) AS due ON due.working_days = happened.working_days + d.due_days
WHERE isNull(f.event_on) AND f.records > 0
    OR (ifNull(f.event_on >= d.valid_from, true) AND ifNull(f.event_on <= d.valid_to, true) AND due_on <= last_due_on)
