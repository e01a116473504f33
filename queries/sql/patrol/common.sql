-- Figures and days that so many units state in the same words: forms have them, and days on which everybody met.
SELECT one AS stated
FROM (SELECT unit_id, arrayJoin(stated) AS one FROM texts_in_force(within = '', unit = '', ...))
GROUP BY one
HAVING uniq(unit_id) > {units:UInt64}
