-- The days from 1970 to 2100 with their running count of working days: Monday–Friday but for the calendar's exceptions (SPEC §2).
INSERT INTO days (load_id, day, working, working_days)
WITH calendar_kinds AS (SELECT date, any(kind) AS kind FROM calendar WHERE load_id = {load_id:UInt64} GROUP BY date)
SELECT {load_id:UInt64}, day, working, sum(working) OVER (ORDER BY day ROWS UNBOUNDED PRECEDING)
FROM (
    SELECT n.day AS day, multiIf(c.kind = 'holiday', false, c.kind = 'workday', true, toDayOfWeek(n.day) <= 5) AS working
    FROM (SELECT toDate32('1970-01-01') + number AS day FROM numbers(47847)) AS n
    LEFT JOIN calendar_kinds AS c ON c.date = n.day
)
