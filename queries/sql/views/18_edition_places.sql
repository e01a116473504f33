-- The rank of each standing in a group: one more than how many units stand better.
CREATE OR REPLACE VIEW edition_places AS
SELECT standing, toUInt64(sum(units) OVER (ORDER BY standing DESC) - units + 1) AS rank
FROM (
    SELECT standing, count() AS units
    FROM edition_standings(...)
    WHERE standing > 0
    GROUP BY standing
)
