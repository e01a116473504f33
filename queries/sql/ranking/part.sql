-- A part of the report ranking: of its units those sought, in the order asked (what is sorted by is put before the usual order), beside their number.
SELECT *, toUInt64(count() OVER ()) AS found
FROM ranked_units(...)
WHERE {unit:String} IN ('', unit_id)
    AND ({search:String} = '' OR unit_id IN (SELECT unit_id FROM units_sought(...)))
    AND /* only */ true
ORDER BY /* order */ rank IS NULL, rank, unit_id
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
