SELECT
    r.unit_id AS unit_id, r.name AS unit, toString(r.tier) AS tier, toString(r.group_name) AS group, r.parent_id AS parent, u.contact AS contact,
    r.coverage AS coverage, r.timeliness AS timeliness, r.score AS score,
    toUInt64(r.on_time) AS on_time, toUInt64(r.late) AS late, toUInt64(r.lapsed) AS lapsed, toUInt64(r.carried_lapsed) AS carried_lapsed,
    toUInt64(r.pending) AS pending, toUInt64(r.unverified) AS unverified, toUInt64(r.exempt) AS exempt, toUInt64(r.undated) AS undated,
    toUInt64(f.sources) AS sources_failing
FROM standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, pool = {scope:String}, groups = 'no', ...) AS r
LEFT JOIN (SELECT unit_id, contact FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = r.unit_id
LEFT JOIN (
    SELECT unit_id, uniqExact(source) AS sources
    FROM (
        SELECT unit_id, arrayJoin(arrayIntersect(sources, (
            SELECT groupArray(source) FROM (
                SELECT source, argMax(outcome, collection_id) AS latest FROM known_collections(...)
                WHERE outcome IN ('success', 'suspicious', 'failed') GROUP BY source
            ) WHERE latest != 'success'))) AS source
        FROM duties WHERE load_id = {load:UInt64}
    )
    GROUP BY unit_id
) AS f ON f.unit_id = r.unit_id
WHERE ({worst:String} = '' OR r.unit_id IN (SELECT unit_id FROM worst_units(...)))
ORDER BY r.unit_id
