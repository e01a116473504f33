-- What falls due next: of each day from the as-of day on, 30 days ahead, and each item what a ranking group has not yet met, and the first units
-- that owe it.
CREATE OR REPLACE VIEW due_totals AS
SELECT
    u.group_name AS group_name, assumeNotNull(o.due_on) AS due_on, o.item_id AS item_id, uniqExact(o.unit_id) AS units, count() AS obligations,
    arraySlice(arraySort(groupUniqArray(o.unit_id)), 1, 3) AS first_units
FROM obligations(...) AS o
INNER JOIN (
    SELECT unit_id, group_name FROM active_units(...)
) AS u ON u.unit_id = o.unit_id
WHERE o.state = 'pending' AND o.due_on <= {as_of:Date32} + 30
GROUP BY u.group_name, due_on, o.item_id
