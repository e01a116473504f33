-- What each ranking group did for each item in the window: the units with something assessed, and sums over all its units.
CREATE OR REPLACE VIEW item_totals AS
SELECT
    u.group_name AS group_name, p.item_id AS item_id, countIf(p.assessed > 0) AS units, sum(p.assessed) AS assessed, sum(p.met) AS met,
    sum(p.on_time) AS on_time, sum(p.lapsed) AS lapsed
FROM item_results(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...) AS p
INNER JOIN (
    SELECT unit_id, group_name FROM active_units(...)
) AS u ON u.unit_id = p.unit_id
GROUP BY u.group_name, p.item_id
