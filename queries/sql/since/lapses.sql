-- What was lapsed at an earlier question, a baseline, or is now: new (lapsed now, not then), open (both), mended (met now), left (neither met nor lapsed now:
-- exempt, not verified, or not asked about any more). The baseline has its own days, time of knowledge and registry, and the filters of now.
WITH
    now AS (
        SELECT
            (unit_id, item_id, cadence, period_no, happened_on, event_key) AS key, * EXCEPT (lapsed), state = 'lapsed' AND lapsed AS is_lapsed
        FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    ),
    before AS (
        SELECT (unit_id, item_id, cadence, period_no, happened_on, event_key) AS key, *
        FROM named_obligations(load = {then_load:UInt64},
            layers = {then_layers:Array(UInt64)}, beginning = {then_beginning:Date32}, configured = {then_configured:Bool},
            window = {then_window:Array(Tuple(Date32, Date32, Date32))}, as_of = {then_as_of:Date32}, within = {listed_within:String}, unit = {listed_unit:String}, ...)
        WHERE state = 'lapsed' AND lapsed
    )
SELECT
    multiIf(n.is_lapsed AND b.unit_id = '', 'new', n.is_lapsed, 'open', n.state IN ('on_time', 'late'), 'mended', 'left') AS change,
    if(n.unit_id != '', n.unit_id, b.unit_id) AS unit_id, if(n.unit_id != '', n.unit, b.unit) AS unit,
    if(n.unit_id != '', toString(n.group), toString(b.group)) AS group,
    toString(if(n.unit_id != '', n.item_id, b.item_id)) AS item_id, if(n.unit_id != '', n.item, b.item) AS item,
    toString(if(n.unit_id != '', n.class, b.class)) AS class, toString(if(n.unit_id != '', n.cadence, b.cadence)) AS cadence, if(n.unit_id != '', n.period, b.period) AS period,
    if(n.unit_id != '', n.due_on, b.due_on) AS due_on, n.state AS state,
    n.published_on AS published_on, n.looked_on AS looked_on, n.lapsed_after_on AS lapsed_after_on, n.delay_days AS delay_days
FROM now AS n
FULL OUTER JOIN before AS b ON b.key = n.key
WHERE n.is_lapsed OR b.unit_id != ''
ORDER BY change, due_on, unit_id, item_id, period
