-- What became of the obligations of some units that the window assesses, by the month in which they fall due: those with a due day of their own.
SELECT
    unit_id, toYYYYMM(assumeNotNull(due_on)) AS month, countIf(state = 'on_time') AS on_time, countIf(state = 'late') AS late,
    countIf(state = 'lapsed') AS lapsed, countIf(state = 'unverified') AS unverified, countIf(state = 'pending') AS pending, countIf(state = 'exempt') AS exempt,
    toInt64(maxIf(ifNull(delay_days, 0), state = 'lapsed')) AS oldest_lapse_days
FROM obligations(unit = '', ...)
WHERE in_window AND cadence != 'standing' AND isNotNull(due_on) AND has({units:Array(String)}, unit_id)
GROUP BY unit_id, month
ORDER BY unit_id, month
