-- What became of the obligations that the window assesses, by the month in which they fall due, of one ranking group or all.
SELECT
    month, sum(on_time) AS on_time, sum(late) AS late, sum(lapsed) AS lapsed, sum(evidenced) AS evidenced, sum(unverified) AS unverified,
    sum(pending) AS pending, sum(units) AS units, sum(met_units) AS met_units, sum(members) AS members, sum(met_members) AS met_members
FROM month_totals(within = {listed_within:String}, unit = {listed_unit:String}, ...)
WHERE {group_name:String} IN ('', 'all', group_name)
GROUP BY month
ORDER BY month
