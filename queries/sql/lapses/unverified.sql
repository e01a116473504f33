-- The obligations that the window assesses and nobody has looked for since their due day: by day, with the sources that cover each, a part of
-- them beside their number.
WITH unverified AS (
    SELECT o.*, count() OVER () AS found
    FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS o
    WHERE o.state = 'unverified' AND o.in_window
    ORDER BY due_on, unit_id, item_id, period
    LIMIT {limit:UInt32}
)
SELECT
    o.unit_id AS unit_id, o.unit AS unit, toString(o.item_id) AS item_id, o.item AS item, toString(o.class) AS class, toString(o.cadence) AS cadence, o.period AS period, o.due_on AS due_on,
    o.looked_on AS looked_on, d.sources AS sources, o.found AS found
FROM unverified AS o
LEFT JOIN ( -- of a country, the duties of all units would be millions
    SELECT unit_id, toString(item_id) AS item_id, arrayMap(source -> toString(source), sources) AS sources FROM duties
    WHERE load_id = {load:UInt64} AND unit_id IN (SELECT unit_id FROM unverified)
) AS d ON d.unit_id = o.unit_id AND d.item_id = o.item_id
ORDER BY due_on, unit_id, item_id, period
