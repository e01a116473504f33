-- The ids that part the units of two loads of the registry into lists of so many.
SELECT unit_id FROM (
    SELECT unit_id, row_number() OVER (ORDER BY unit_id) AS place FROM (SELECT DISTINCT unit_id FROM units WHERE load_id IN ({load:UInt64}, {then_load:UInt64}))
)
WHERE place % {most:UInt32} = 0
ORDER BY unit_id
