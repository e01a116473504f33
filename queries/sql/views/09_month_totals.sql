-- By the month in which they fall due, what became of the obligations of each ranking group that the window assesses: those with a due day of their
-- own, so neither standing nor undated ones; beside them the units that they belong to, with their members.
CREATE OR REPLACE VIEW month_totals AS
SELECT
    u.group_name AS group_name, m.month AS month, sum(m.on_time) AS on_time, sum(m.late) AS late, sum(m.lapsed) AS lapsed,
    sum(m.evidenced) AS evidenced, sum(m.unverified) AS unverified, sum(m.pending) AS pending,
    countIf(m.on_time + m.late + m.lapsed > 0) AS units, countIf(m.on_time + m.late > 0) AS met_units,
    sumIf(toUInt64(u.members), m.on_time + m.late + m.lapsed > 0) AS members, sumIf(toUInt64(u.members), m.on_time + m.late > 0) AS met_members
FROM (
    SELECT
        toYYYYMM(assumeNotNull(o.due_on)) AS month, o.unit_id AS unit_id, countIf(o.state = 'on_time') AS on_time, countIf(o.state = 'late') AS late,
        countIf(o.state = 'lapsed') AS lapsed, countIf(o.evidenced_in_time) AS evidenced, countIf(o.state = 'unverified') AS unverified,
        countIf(o.state = 'pending') AS pending
    FROM obligations(...) AS o
    WHERE o.in_window AND o.cadence != 'standing' AND isNotNull(o.due_on)
    GROUP BY month, unit_id
) AS m
INNER JOIN (
    SELECT unit_id, members, group_name
    FROM active_units(...)
) AS u ON u.unit_id = m.unit_id
GROUP BY u.group_name, m.month
