-- What the record in force proves (SPEC §3 "Evidence"), and what is said of its source.
SELECT
    r.evidenced_on AS evidenced_on, r.backdated AS backdated,
    (SELECT any(backdating_tolerance_days) FROM loads WHERE load_id = {load:UInt64}) AS tolerance_days,
    (SELECT toString(argMax(kind, collection_id)) FROM collections WHERE source = {source:String}) AS kind
FROM records_in_force(within = '', unit = '', ...) AS r
WHERE r.source = {source:String} AND r.record_id = {record_id:String}
