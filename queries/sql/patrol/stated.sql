-- How many texts state each figure and day that more than one states. held_texts: held.sql.
SELECT arrayJoin(stated) AS one, count() AS texts
FROM held_texts
GROUP BY one
HAVING texts > 1
