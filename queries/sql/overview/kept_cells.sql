-- overview/cells of a stored snapshot: which rows are furthest behind follows from the units' standings, and only their obligations are read.
WITH furthest AS (
    SELECT
        if({by:String} = 'town' AND s.group_name = 'villages', s.parent_id, s.unit_id) AS row_id, groupArray(s.unit_id) AS members,
        sum(s.lapsed) AS row_lapsed, sum(s.late) AS row_late, count() OVER () AS found
    FROM named_edition_standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, within = {listed_within:String}, ...) AS s
    WHERE s.assessed + s.unverified + s.pending + s.exempt + s.undated > 0 AND ({by:String} = 'unit' OR s.group_name IN ('towns', 'villages'))
    GROUP BY row_id
    ORDER BY row_lapsed DESC, row_late DESC, row_id
    LIMIT {rows:UInt32}
)
SELECT
    c.row_id AS row_id, n.name AS name, toString(n.tier) AS tier, toString(c.item_id) AS item_id, i.name AS item, toString(i.class) AS class,
    c.on_time AS on_time, c.late AS late, c.lapsed AS lapsed, c.unverified AS unverified, c.pending AS pending, c.exempt AS exempt, c.undated AS undated,
    ifNull(c.oldest, 0) AS oldest_lapse_days, c.found AS found
FROM (
    SELECT
        f.row_id AS row_id, o.item_id AS item_id, any(f.row_lapsed) AS row_lapsed, any(f.row_late) AS row_late, any(f.found) AS found,
        countIf(o.state = 'on_time') AS on_time, countIf(o.state = 'late') AS late, countIf(o.state = 'lapsed') AS lapsed,
        countIf(o.state = 'unverified') AS unverified, countIf(o.state = 'pending') AS pending, countIf(o.state = 'exempt') AS exempt,
        countIf(o.state = 'undated') AS undated, toInt64(maxIf(o.delay_days, o.state = 'lapsed')) AS oldest
    FROM (
        SELECT unit_id, item_id, state, delay_days
        FROM obligations(within = '', unit = '', ...)
        WHERE in_window AND unit_id IN (SELECT arrayJoin(members) FROM furthest)
    ) AS o
    INNER JOIN (SELECT row_id, row_lapsed, row_late, found, arrayJoin(members) AS unit_id FROM furthest) AS f ON f.unit_id = o.unit_id
    GROUP BY row_id, item_id
) AS c
LEFT JOIN (SELECT unit_id, name, tier FROM units WHERE load_id = {load:UInt64}) AS n ON n.unit_id = c.row_id
LEFT JOIN (SELECT item_id, name, class FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = c.item_id
ORDER BY c.row_lapsed DESC, c.row_late DESC, row_id, item_id
