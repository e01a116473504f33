-- What every obligation is on the as-of day whatever is asked of it (SPEC §4): its state, in that order, and what measures are computed from. A window,
-- a programme, a focus or a unit only selects among these (the view obligations), so they are computed once and stored (queries/facts): those due in
-- [from_on, to_on], those since the day from which carried lapses count, the standing and the undated ones.
CREATE OR REPLACE VIEW computed_facts AS
WITH if({configured:Bool}, {beginning:Date32}, greatest({beginning:Date32}, makeDate32(toYear({as_of:Date32}) - 1, 1, 1))) AS since_on
SELECT
    {as_of:Date32} AS as_of, o.unit_id AS unit_id, o.item_id AS item_id, o.programme AS programme, o.focus AS focus, o.class AS class,
    o.weight AS weight, o.cadence AS cadence, o.period AS period, o.due_on AS due_on, o.looked_on AS looked_on,
    multiIf(
        isNull(o.due_on), 'undated',
        o.met AND o.in_time, 'on_time',
        arrayExists(range -> o.exempt_on BETWEEN range.1 AND range.2, o.exempt_ranges), 'exempt',
        o.met, 'late',
        o.due_on >= {as_of:Date32}, 'pending',
        ifNull(o.looked_on > o.due_on, false), 'lapsed',
        'unverified') AS state,
    arrayExists(range -> o.exempt_on BETWEEN range.1 AND range.2, o.exempt_ranges) AS excused,
    o.met AS fulfilled, o.published_on AS published_on, o.effective_on AS effective_on,
    o.shown.record_id AS record_id, o.shown.source AS source, o.shown.url AS url, o.shown.evidenced_on AS evidenced_on,
    o.shown.backdated AS backdated, o.shown.for_society AS for_society,
    o.late_after_on AS late_after_on, o.lapsed_after_on AS lapsed_after_on,
    o.records_with_steps > 0 AS with_steps, o.records_in_order > 0 AS in_order, o.records_placed > 0 AS placed, o.records_with_evidence > 0 AS with_evidence,
    o.period_no AS period_no, o.happened_on AS happened_on, o.event_key AS event_key
FROM owed(...) AS o
WHERE isNull(o.due_on) OR o.cadence = 'standing' OR o.due_on >= least({from_on:Date32}, since_on)
