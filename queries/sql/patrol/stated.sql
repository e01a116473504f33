-- How many texts state each of some figures and days.
SELECT one AS stated, count() AS texts
FROM (SELECT arrayJoin(arrayIntersect(stated, {stated:Array(UInt64)})) AS one FROM texts_in_force(within = '', unit = '', ...))
GROUP BY one
