-- The obligations that another load of the registry (…_before) does not have, has alone, or has in another state or due on another day: of those that the
-- window assesses, or that are lapsed whatever its start; of units after one id, up to another or to the end.
WITH
    now AS (
        SELECT (unit_id, item_id, cadence, period_no, happened_on, event_key) AS key, *
        FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...)
        WHERE (in_window OR lapsed) AND unit_id > {after:String} AND ({upto:String} = '' OR unit_id <= {upto:String})
    ),
    before AS (
        SELECT (unit_id, item_id, cadence, period_no, happened_on, event_key) AS key, *
        FROM named_obligations(load = {then_load:UInt64}, layers = {then_layers:Array(UInt64)}, beginning = {then_beginning:Date32}, configured = {then_configured:Bool},
            within = {listed_within:String}, unit = {listed_unit:String}, ...)
        WHERE (in_window OR lapsed) AND unit_id > {after:String} AND ({upto:String} = '' OR unit_id <= {upto:String})
    )
SELECT
    multiIf(b.unit_id = '', 'appears', n.unit_id = '', 'vanishes', 'changes') AS effect,
    if(n.unit_id != '', n.unit_id, b.unit_id) AS unit_id, if(n.unit_id != '', n.unit, b.unit) AS unit,
    toString(if(n.unit_id != '', n.group, b.group)) AS group,
    toString(if(n.unit_id != '', n.item_id, b.item_id)) AS item_id, if(n.unit_id != '', n.item, b.item) AS item,
    toString(if(n.unit_id != '', n.class, b.class)) AS class, toString(if(n.unit_id != '', n.period, b.period)) AS period,
    b.due_on AS due_on_before, n.due_on AS due_on_after, toString(b.state) AS state_before, toString(n.state) AS state_after,
    b.delay_days AS delay_days_before, n.delay_days AS delay_days_after
FROM now AS n
FULL OUTER JOIN before AS b ON b.key = n.key
WHERE toString((n.unit_id, n.state, n.due_on, n.delay_days)) != toString((b.unit_id, b.state, b.due_on, b.delay_days))
ORDER BY unit_id, item_id, isNull(ifNull(due_on_after, due_on_before)), ifNull(due_on_after, due_on_before), period, effect, if(n.unit_id != '', toString(n.key), toString(b.key))
