-- What became of the obligations that the window assesses, by item, of the units that are furthest behind: most lapsed, then most late. Rows are
-- units, or towns with their villages.
SELECT
    r.row_id AS row_id, n.name AS name, toString(n.tier) AS tier, toString(cell.1) AS item_id, i.name AS item, toString(i.class) AS class,
    cell.2 AS on_time, cell.3 AS late, cell.4 AS lapsed, cell.5 AS unverified, cell.6 AS pending, cell.7 AS exempt, cell.8 AS undated,
    ifNull(cell.9, 0) AS oldest_lapse_days, r.found AS found
FROM (
    SELECT
        row_id, groupArray((item_id, on_time, late, lapsed, unverified, pending, exempt, undated, oldest)) AS cells,
        sum(lapsed) AS row_lapsed, sum(late) AS row_late, count() OVER () AS found
    FROM (
        SELECT
            if({by:String} = 'town' AND u.group_name = 'villages', u.parent_id, o.unit_id) AS row_id, o.item_id AS item_id,
            countIf(o.state = 'on_time') AS on_time, countIf(o.state = 'late') AS late, countIf(o.state = 'lapsed') AS lapsed,
            countIf(o.state = 'unverified') AS unverified, countIf(o.state = 'pending') AS pending, countIf(o.state = 'exempt') AS exempt,
            countIf(o.state = 'undated') AS undated, toInt64(maxIf(o.delay_days, o.state = 'lapsed')) AS oldest
        FROM obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS o
        INNER JOIN (
            SELECT unit_id, parent_id, group_name
            FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...)
            WHERE {group_name:String} IN ('', 'all', group_name) AND ({by:String} = 'unit' OR group_name IN ('towns', 'villages'))
        ) AS u ON u.unit_id = o.unit_id
        WHERE o.in_window
        GROUP BY row_id, item_id
    )
    GROUP BY row_id
    ORDER BY row_lapsed DESC, row_late DESC, row_id
    LIMIT {rows:UInt32}
) AS r
ARRAY JOIN r.cells AS cell
LEFT JOIN (SELECT unit_id, name, tier FROM units WHERE load_id = {load:UInt64}) AS n ON n.unit_id = r.row_id
LEFT JOIN (SELECT item_id, name, class FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = cell.1
ORDER BY r.row_lapsed DESC, r.row_late DESC, row_id, item_id
