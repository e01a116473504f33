-- Every obligation with its state on the as-of day, told in the order of SPEC §4, its delay, and whether the window [from_on, to_on] assesses it.
CREATE OR REPLACE VIEW obligations AS
WITH (
    SELECT any(ifNull(since, makeDate32(toYear({as_of:Date32}) - 1, 1, 1))) FROM load_in_force(known_at = {known_at:DateTime64(3)})
) AS since_on
SELECT
    o.unit_id AS unit_id, o.item_id AS item_id, o.class AS class, o.weight AS weight, o.cadence AS cadence, o.period AS period, o.due_on AS due_on,
    multiIf(
        NOT o.undated AND arrayExists(range -> o.exempt_on BETWEEN range.1 AND range.2, o.exempt_ranges), 'exempt',
        o.undated, 'undated',
        o.met, if(ifNull(o.in_time, false), 'on_time', 'late'),
        o.due_on >= {as_of:Date32}, 'pending',
        ifNull(o.looked_on > o.due_on, false), 'lapsed',
        'unverified') AS state,
    state IN ('on_time', 'late') AS met,
    o.published_on AS first_published_on,
    o.looked_on AS looked_on,
    if(met, o.published_on, NULL) AS published_on,
    if(met, o.shown.4, NULL) AS evidenced_on,
    if(met, toNullable(o.shown.5), NULL) AS backdated,
    if(met, o.shown.1, '') AS record_id,
    if(met, o.shown.2, '') AS source,
    if(met, o.shown.3, '') AS url,
    multiIf(
        state = 'late', dateDiff('day', o.late_after_on, o.published_on),
        state = 'lapsed', dateDiff('day', o.lapsed_after_on, {as_of:Date32}),
        NULL) AS delay_days,
    if(state = 'lapsed', toNullable(o.lapsed_after_on), NULL) AS lapsed_after_on,
    met AND ifNull(o.evidenced_in_time, false) AS evidenced_in_time,
    if(met AND o.records_with_steps > 0, toNullable(o.records_in_order > 0), NULL) AS procedure,
    if(met, toNullable(o.records_placed > 0), NULL) AS placement,
    met AND o.records_with_evidence > 0 AS with_evidence,
    multiIf(
        state = 'undated', o.published_on BETWEEN {from_on:Date32} AND least({to_on:Date32}, {as_of:Date32}),
        o.cadence = 'standing', o.due_on <= {to_on:Date32},
        o.due_on BETWEEN {from_on:Date32} AND {to_on:Date32}) AS in_window,
    state = 'lapsed' AND o.cadence != 'standing' AND o.due_on < {from_on:Date32} AND o.due_on >= since_on AS carried,
    state = 'lapsed' AND (o.cadence = 'standing' OR o.due_on >= since_on) AS lapsed_since
FROM duty_obligations(known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, unit = {unit:String}, programme = {programme:String}, focus = {focus:String}) AS o
WHERE o.undated OR o.cadence = 'standing' OR o.due_on >= least({from_on:Date32}, since_on)
