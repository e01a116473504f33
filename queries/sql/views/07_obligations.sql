-- Every obligation with its state on the as-of day, told in the order of SPEC §4, its delay, and whether the window [from_on, to_on] assesses it.
-- since_on: carried lapses are due on that day or later (SPEC §5).
CREATE OR REPLACE VIEW obligations AS
WITH (
    SELECT if(configured, beginning_on, greatest(beginning_on, makeDate32(toYear({as_of:Date32}) - 1, 1, 1))) FROM beginning(load = {load:UInt64})
) AS since_on
SELECT
    s.unit_id AS unit_id, s.item_id AS item_id, s.class AS class, s.weight AS weight, s.cadence AS cadence, s.period AS period, s.due_on AS due_on,
    s.looked_on AS looked_on, s.state AS state, s.published AS met,
    if(s.published, s.published_on, NULL) AS published_on,
    if(s.published, s.shown.4, NULL) AS evidenced_on,
    if(s.published, toNullable(s.shown.5), NULL) AS backdated,
    if(s.published, s.shown.1, '') AS record_id,
    if(s.published, s.shown.2, '') AS source,
    if(s.published, s.shown.3, '') AS url,
    multiIf(
        s.state = 'late', toNullable(dateDiff('day', s.late_after_on, assumeNotNull(s.published_on))),
        s.state = 'lapsed', dateDiff('day', s.lapsed_after_on, {as_of:Date32}),
        NULL) AS delay_days,
    if(s.state = 'lapsed', toNullable(s.lapsed_after_on), NULL) AS lapsed_after_on,
    s.published AND ifNull(s.evidenced_in_time, false) AS evidenced_in_time,
    if(s.published AND NOT s.excused AND s.records_with_steps > 0, toNullable(s.records_in_order > 0), NULL) AS procedure,
    if(s.published AND NOT s.excused, toNullable(s.records_placed > 0), NULL) AS placement,
    s.published AND s.records_with_evidence > 0 AS with_evidence,
    multiIf(
        s.state = 'undated', ifNull(s.published_on BETWEEN {from_on:Date32} AND least({to_on:Date32}, {as_of:Date32}), false),
        s.cadence = 'standing', s.due_on <= {to_on:Date32},
        s.due_on BETWEEN {from_on:Date32} AND {to_on:Date32}) AS in_window,
    s.state = 'lapsed' AND s.cadence != 'standing' AND s.due_on < {from_on:Date32} AND s.due_on >= since_on AS carried,
    s.state = 'lapsed' AND (s.cadence = 'standing' OR s.due_on >= since_on) AND s.due_on <= {to_on:Date32} AS lapsed, -- whatever the window's start
    s.published AND s.shown.6 AS for_society, -- the record shown
    if(s.cadence = 'standing' AND s.met, s.published_on, NULL) AS up_since,
    if(s.state = 'undated' AND s.records_with_steps > 0, s.published_on, NULL) AS undated_with_steps_on
FROM (
    SELECT *,
        arrayExists(range -> o.exempt_on BETWEEN range.1 AND range.2, o.exempt_ranges) AS excused,
        multiIf(
            isNull(o.due_on), 'undated',
            o.met AND o.in_time, 'on_time',
            excused, 'exempt',
            o.met, 'late',
            o.due_on >= {as_of:Date32}, 'pending',
            ifNull(o.looked_on > o.due_on, false), 'lapsed',
            'unverified') AS state,
        state IN ('on_time', 'late') AS published
    FROM owed(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
        within = {within:String}, unit = {unit:String}, programme = {programme:String}, focus = {focus:String}) AS o
    WHERE isNull(o.due_on) OR o.cadence = 'standing' OR o.due_on >= least({from_on:Date32}, since_on)
) AS s
