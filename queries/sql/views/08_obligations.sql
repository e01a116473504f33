-- Every obligation with its state on the as-of day, its delay, and whether the window [from_on, to_on] assesses it, selected from the stored facts of
-- the parts in layers. A standing item that was up before the window is on time in it, whatever else it is (SPEC §4). since_on: carried lapses are due
-- on that day or later (SPEC §5).
CREATE OR REPLACE VIEW obligations AS
WITH (
    SELECT if(configured, beginning_on, greatest(beginning_on, makeDate32(toYear({as_of:Date32}) - 1, 1, 1))) FROM beginning(...)
) AS since_on
SELECT
    f.unit_id AS unit_id, f.item_id AS item_id, f.class AS class, f.weight AS weight, f.cadence AS cadence, f.period AS period, f.due_on AS due_on,
    f.looked_on AS looked_on,
    f.cadence = 'standing' AND f.fulfilled AS standing_up,
    if(standing_up AND ifNull(f.published_on < {from_on:Date32}, false), 'on_time', toString(f.state)) AS state,
    state IN ('on_time', 'late') AS met,
    if(met, f.published_on, NULL) AS published_on,
    if(met, f.evidenced_on, NULL) AS evidenced_on,
    if(met, toNullable(f.backdated), NULL) AS backdated,
    if(met, f.record_id, '') AS record_id,
    if(met, toString(f.source), '') AS source,
    if(met, f.url, '') AS url,
    multiIf(
        state = 'late', toNullable(dateDiff('day', f.late_after_on, assumeNotNull(f.published_on))),
        state = 'lapsed', dateDiff('day', f.lapsed_after_on, {as_of:Date32}),
        NULL) AS delay_days,
    if(state = 'lapsed', toNullable(f.lapsed_after_on), NULL) AS lapsed_after_on,
    met AND ifNull(f.effective_on <= {as_of:Date32} AND (f.effective_on <= f.due_on OR f.cadence = 'standing' AND f.effective_on < {from_on:Date32}), false)
        AS evidenced_in_time,
    if(met AND NOT f.excused AND f.with_steps, toNullable(f.in_order), NULL) AS procedure,
    if(met AND NOT f.excused, toNullable(f.placed), NULL) AS placement,
    met AND f.with_evidence AS with_evidence,
    multiIf(
        state = 'undated', ifNull(f.published_on BETWEEN {from_on:Date32} AND least({to_on:Date32}, {as_of:Date32}), false),
        f.cadence = 'standing', f.due_on <= {to_on:Date32},
        f.due_on BETWEEN {from_on:Date32} AND {to_on:Date32}) AS in_window,
    state = 'lapsed' AND f.cadence != 'standing' AND f.due_on < {from_on:Date32} AND f.due_on >= since_on AS carried,
    state = 'lapsed' AND (f.cadence = 'standing' OR f.due_on >= since_on) AND f.due_on <= {to_on:Date32} AS lapsed, -- whatever the window's start
    met AND f.for_society AS for_society, -- the record shown
    if(standing_up, f.published_on, NULL) AS up_since,
    if(state = 'undated' AND f.with_steps, f.published_on, NULL) AS undated_with_steps_on,
    f.period_no AS period_no, f.happened_on AS happened_on, f.event_key AS event_key
FROM facts AS f
WHERE f.layer_id IN {layers:Array(UInt64)} AND f.as_of = {as_of:Date32}
    AND ({within:String} = '' OR f.unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND ({unit:String} = '' OR f.unit_id = {unit:String})
    AND ({programme:String} = '' OR f.programme = {programme:String})
    AND ({focus:String} = '' OR f.focus = {focus:String})
    AND (isNull(f.due_on) OR f.due_on <= greatest({to_on:Date32}, {as_of:Date32} + 30)
        AND (f.cadence = 'standing' OR f.due_on >= least({from_on:Date32}, since_on)))
