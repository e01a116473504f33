-- Every obligation with its state on the as-of day, told in the order of SPEC §4, its delay, and whether the window [from_on, to_on] assesses it.
CREATE OR REPLACE VIEW obligations AS
WITH (SELECT any(ifNull(since, makeDate32(toYear({as_of:Date32}) - 1, 1, 1))) FROM loads WHERE load_id = {load:UInt64}) AS since_on
SELECT
    unit_id, item_id, class, weight, cadence, period, due_on, looked_on,
    multiIf(
        isNotNull(due_on) AND arrayExists(range -> exempt_on BETWEEN range.1 AND range.2, exempt_ranges), 'exempt',
        isNull(due_on), 'undated',
        o.met, if(in_time, 'on_time', 'late'),
        due_on >= {as_of:Date32}, 'pending',
        ifNull(looked_on > due_on, false), 'lapsed',
        'unverified') AS state,
    state IN ('on_time', 'late') AS met,
    if(met, o.published_on, NULL) AS published_on,
    if(met, shown.4, NULL) AS evidenced_on,
    if(met, toNullable(shown.5), NULL) AS backdated,
    if(met, shown.1, '') AS record_id,
    if(met, shown.2, '') AS source,
    if(met, shown.3, '') AS url,
    multiIf(
        state = 'late', toNullable(dateDiff('day', late_after_on, assumeNotNull(o.published_on))),
        state = 'lapsed', dateDiff('day', lapsed_after_on, {as_of:Date32}),
        NULL) AS delay_days,
    if(state = 'lapsed', toNullable(lapsed_after_on), NULL) AS lapsed_after_on,
    met AND ifNull(evidenced_in_time, false) AS evidenced_in_time,
    if(met AND records_with_steps > 0, toNullable(records_in_order > 0), NULL) AS procedure,
    if(met, toNullable(records_placed > 0), NULL) AS placement,
    met AND records_with_evidence > 0 AS with_evidence,
    multiIf(
        state = 'undated', ifNull(o.published_on BETWEEN {from_on:Date32} AND least({to_on:Date32}, {as_of:Date32}), false),
        cadence = 'standing', due_on <= {to_on:Date32},
        due_on BETWEEN {from_on:Date32} AND {to_on:Date32}) AS in_window,
    state = 'lapsed' AND cadence != 'standing' AND due_on < {from_on:Date32} AND due_on >= since_on AS carried,
    state = 'lapsed' AND (cadence = 'standing' OR due_on >= since_on) AS lapsed
FROM owed(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, unit = {unit:String}, programme = {programme:String}, focus = {focus:String}) AS o
WHERE isNull(due_on) OR cadence = 'standing' OR due_on >= least({from_on:Date32}, since_on)
