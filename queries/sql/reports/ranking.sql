SELECT *
FROM ranked_units(...)
WHERE {unit:String} IN ('', unit_id)
ORDER BY rank IS NULL, rank, unit_id
