-- What the active units owe for each event (SPEC §4) that is due by to_on or within 30 days of the as-of day, and what was published of events without a
-- day, before its state.
CREATE OR REPLACE VIEW events_owed AS
WITH calendar_days AS (SELECT day, working, working_days FROM days WHERE load_id = {load:UInt64})
SELECT
    d.unit_id AS unit_id, d.item_id AS item_id, d.programme AS programme, d.focus AS focus, d.class AS class, d.weight AS weight, d.cadence AS cadence,
    d.exempt_ranges AS exempt_ranges, d.looked_on AS looked_on,
    ifNull(toString(f.event_on), '') AS period, multiIf(isNull(f.event_on), NULL, d.working, due.day, f.event_on + d.due_days) AS due_on,
    ifNull(due_on, toDate32('1900-01-01')) AS exempt_on,
    f.records > 0 AS met, f.published_on AS published_on, ifNull(f.published_on <= due_on, false) AS in_time, f.shown AS shown,
    f.effective_on AS effective_on, exempt_on AS late_after_on, exempt_on AS lapsed_after_on,
    f.records_with_steps AS records_with_steps, f.records_in_order AS records_in_order, f.records_placed AS records_placed,
    f.records_with_evidence AS records_with_evidence,
    toInt64(0) AS period_no, ifNull(f.event_on, toDate32('1900-01-01')) AS happened_on, f.event_key AS event_key
FROM (
    SELECT * FROM fulfilments(unit = '', programme = '', focus = '', ...) WHERE cadence = 'event' AND period_no = 0
) AS f
INNER JOIN active_duties(unit = '', programme = '', focus = '', ...) AS d ON d.unit_id = f.unit_id AND d.item_id = f.item_id
LEFT JOIN calendar_days AS happened ON happened.day = ifNull(f.event_on, toDate32('1900-01-01'))
LEFT JOIN (SELECT day, working_days FROM calendar_days WHERE working) AS due ON due.working_days = happened.working_days + d.due_days
WHERE isNull(f.event_on) AND f.records > 0
    OR (ifNull(f.event_on >= d.valid_from, true) AND ifNull(f.event_on <= d.valid_to, true) AND due_on <= greatest({to_on:Date32}, {as_of:Date32} + 30))
