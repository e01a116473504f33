-- The day of the source's last successful collection.
SELECT max(c.day) AS day FROM collections AS c FINAL WHERE c.source = {source:String} AND c.outcome = 'success' HAVING count() > 0
