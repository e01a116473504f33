-- The nil returns (零报告) that the active units owe for each period without an event of an item that asks for them (SPEC §4), due by to_on or within 30
-- days of the as-of day, before their state. Nothing is read where no item asks.
CREATE OR REPLACE VIEW nil_returns_owed AS
WITH
    greatest({to_on:Date32}, {as_of:Date32} + 30) AS last_due_on,
    (SELECT count() > 0 FROM items WHERE load_id = {load:UInt64} AND nil_return != '') AS nil_returns
SELECT
    d.unit_id AS unit_id, d.item_id AS item_id, d.programme AS programme, d.focus AS focus, d.class AS class, d.weight AS weight, d.cadence AS cadence,
    d.exempt_ranges AS exempt_ranges, d.looked_on AS looked_on,
    p.period AS period, toNullable(p.due_on) AS due_on, p.due_on AS exempt_on,
    f.records > 0 AS met, f.published_on AS published_on, ifNull(f.published_on <= p.due_on, false) AS in_time, f.shown AS shown,
    f.effective_on AS effective_on, p.due_on AS late_after_on, p.due_on AS lapsed_after_on,
    f.records_with_steps AS records_with_steps, f.records_in_order AS records_in_order, f.records_placed AS records_placed,
    f.records_with_evidence AS records_with_evidence,
    toInt64(p.period_no) AS period_no, toDate32('1900-01-01') AS happened_on, '' AS event_key -- which of the fulfilments it is
FROM active_duties(unit = '', programme = '', focus = '', ...) AS d
INNER JOIN (
    SELECT item_id, period_no, period, end_on, due_on FROM item_periods WHERE nil_returns AND load_id = {load:UInt64} AND due_on <= last_due_on
) AS p ON p.item_id = d.item_id
LEFT JOIN (
    SELECT *, countIf(period_no = 0) OVER (PARTITION BY unit_id, item_id, placed_no) AS events
    FROM fulfilments(unit = '', programme = '', focus = '', ...)
    WHERE nil_returns AND cadence = 'event'
    LIMIT 1 BY unit_id, item_id, placed_no
) AS f ON f.unit_id = d.unit_id AND f.item_id = d.item_id AND f.placed_no = p.period_no
WHERE d.nil_months > 0 AND f.events = 0
    AND ifNull(d.active_from <= p.end_on, true) AND ifNull(d.active_to >= p.end_on, true)
    AND ifNull(d.valid_from <= p.end_on, true) AND ifNull(d.valid_to >= p.end_on, true)
