-- The standing items that the active units owe (SPEC §4), each once, that are due by to_on or within 30 days of the as-of day, before their state.
CREATE OR REPLACE VIEW standing_owed AS
SELECT
    d.unit_id AS unit_id, d.item_id AS item_id, d.programme AS programme, d.focus AS focus, d.class AS class, d.weight AS weight, d.cadence AS cadence,
    d.exempt_ranges AS exempt_ranges, d.looked_on AS looked_on,
    '' AS period, toNullable(assumeNotNull(d.standing_due_on)) AS due_on, {as_of:Date32} AS exempt_on,
    f.up AS met, toNullable(f.up_since) AS published_on, f.up_since <= assumeNotNull(due_on) AS in_time, f.first_display.shown AS shown,
    f.first_display.effective_on AS effective_on,
    greatest(assumeNotNull(due_on), f.previous_run_ended_on) AS late_after_on, greatest(assumeNotNull(due_on), f.last_withdrawn_on) AS lapsed_after_on,
    f.records_with_steps AS records_with_steps, f.records_in_order AS records_in_order, f.records_placed AS records_placed,
    f.records_with_evidence AS records_with_evidence,
    toInt64(0) AS period_no, toDate32('1900-01-01') AS happened_on, '' AS event_key
FROM active_duties(unit = '', programme = '', focus = '', ...) AS d
LEFT JOIN standing_runs(...) AS f ON f.unit_id = d.unit_id AND f.item_id = d.item_id
WHERE d.cadence = 'standing' AND due_on <= greatest({to_on:Date32}, {as_of:Date32} + 30)
    AND ifNull(d.active_from <= {as_of:Date32}, true) AND ifNull(d.active_to >= {as_of:Date32}, true)
    AND ifNull(d.valid_from <= {as_of:Date32}, true) AND ifNull(d.valid_to >= {as_of:Date32}, true)
