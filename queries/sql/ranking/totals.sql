-- How many units a ranking has, and how many of each kind: those with a rank, of each rating among them, with something lapsed; and what supervision
-- found at them.
SELECT
    count() AS units, countIf(unranked = '') AS ranked, countIf(lapsed + carried_lapsed > 0) AS lapsing,
    sumMapIf(map(assumeNotNull(rating), toUInt64(1)), unranked = '') AS ratings,
    sum(s.open_rectifications) AS open_rectifications, sum(s.overdue_rectifications) AS overdue_rectifications, sum(s.yellow_cards) AS yellow_cards,
    countIf(s.overdue_rectifications > 0) AS overdue_units,
    countIf(s.assessed + s.unverified + s.pending + s.exempt + s.undated + s.lapsed + s.carried_lapsed > 0) AS owing
FROM standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, pool = {scope:String}, groups = 'no', ...) AS s
WHERE {unit:String} IN ('', unit_id)
