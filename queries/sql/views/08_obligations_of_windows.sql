-- Every obligation with its state on the as-of day of each window, its delay, and whether the window assesses it, selected from the stored facts of the
-- parts. A standing item that was up before the window is on time in it, whatever else it is (SPEC §4). since_on: carried lapses are due
-- on that day or later (SPEC §5).
CREATE OR REPLACE VIEW obligations_of_windows AS
SELECT
    f.as_of AS as_of, f.unit_id AS unit_id, f.item_id AS item_id, f.class AS class, f.weight AS weight, f.cadence AS cadence, f.period AS period,
    f.due_on AS due_on, f.looked_on AS looked_on, f.standing_up AS standing_up, f.state AS state, f.met AS met,
    if(met, f.published_on, NULL) AS published_on,
    if(met, f.evidenced_on, NULL) AS evidenced_on,
    if(met, toNullable(f.backdated), NULL) AS backdated,
    if(met, f.record_id, '') AS record_id,
    if(met, toString(f.source), '') AS source,
    if(met, f.url, '') AS url,
    multiIf(
        state = 'late', toNullable(dateDiff('day', f.late_after_on, assumeNotNull(f.published_on))),
        state = 'lapsed', dateDiff('day', f.lapsed_after_on, f.as_of),
        NULL) AS delay_days,
    if(state = 'lapsed', toNullable(f.lapsed_after_on), NULL) AS lapsed_after_on,
    met AND ifNull(f.effective_on <= f.as_of AND (f.effective_on <= f.due_on OR f.cadence = 'standing' AND f.effective_on < f.from_on), false)
        AS evidenced_in_time,
    if(met AND NOT f.excused AND f.with_steps, toNullable(f.in_order), NULL) AS procedure,
    if(met AND NOT f.excused, toNullable(f.placed), NULL) AS placement,
    met AND f.with_evidence AS with_evidence,
    multiIf(
        state = 'undated', ifNull(f.published_on BETWEEN f.from_on AND least(f.to_on, f.as_of), false),
        f.cadence = 'standing', f.due_on <= f.to_on,
        f.due_on BETWEEN f.from_on AND f.to_on) AS in_window,
    state = 'lapsed' AND f.cadence != 'standing' AND f.due_on < f.from_on AND f.due_on >= f.since_on AS carried,
    state = 'lapsed' AND (f.cadence = 'standing' OR f.due_on >= f.since_on) AND f.due_on <= f.to_on AS lapsed, -- whatever the window's start
    met AND f.for_society AS for_society, -- the record shown
    if(standing_up, f.published_on, NULL) AS up_since,
    if(state = 'undated' AND f.with_steps, f.published_on, NULL) AS undated_with_steps_on,
    f.period_no AS period_no, f.happened_on AS happened_on, f.event_key AS event_key
FROM (
    SELECT
        * EXCEPT (state), {windows:Array(Tuple(Date32, Date32, Date32))}[if(as_of = {as_of:Date32}, 1, 2)] AS w, w.2 AS from_on, w.3 AS to_on,
        if({configured:Bool}, {beginning:Date32}, greatest({beginning:Date32}, makeDate32(toYear(as_of) - 1, 1, 1))) AS since_on,
        cadence = 'standing' AND fulfilled AS standing_up,
        if(standing_up AND ifNull(published_on < from_on, false), 'on_time', toString(facts.state)) AS state, state IN ('on_time', 'late') AS met
    FROM facts
    WHERE layer_id IN {layers:Array(UInt64)}
        AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
        AND ({unit:String} = '' OR unit_id = {unit:String})
        AND ({programme:String} = '' OR programme = {programme:String})
        AND ({focus:String} = '' OR focus = {focus:String})
        AND (isNull(due_on) OR due_on <= greatest(to_on, as_of + 30) AND (cadence = 'standing' OR due_on >= least(from_on, since_on)))
) AS f
