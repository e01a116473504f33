-- The duties of the units that are active on the as-of day, with the day on which the last of their sources' latest successful collections
-- was still to come: looked_on is the earliest of them, NULL where a source never succeeded, has lost records, or none covers the duty (SPEC §4,
-- state 5). A collection that left out rows of a unit because of another file's id has not looked at that unit.
CREATE OR REPLACE VIEW active_duties AS
WITH (
    SELECT mapFromArrays(groupArray(source), groupArray(day))
    FROM (
        SELECT toString(source) AS source, max(day) AS day FROM known_collections(...)
        WHERE outcome = 'success' AND source NOT IN (SELECT source FROM losses FINAL WHERE NOT regained)
        GROUP BY source
    )
) AS last_success,
(
    SELECT mapFromArrays(groupArray(concat(source, '\0', unit_id)), groupArray(day))
    FROM (
        SELECT toString(d.source) AS source, d.unit_id AS unit_id, max(if(has(d.collections, k.collection_id), toDate32('1900-01-01'), k.day)) AS day
        FROM (SELECT source, unit_id, groupUniqArray(collection_id) AS collections FROM disputed_units GROUP BY source, unit_id) AS d
        INNER JOIN (
            SELECT source, collection_id, day FROM known_collections(...)
            WHERE outcome = 'success' AND source IN (SELECT source FROM disputed_units)
        ) AS k ON k.source = d.source
        GROUP BY source, unit_id
    )
) AS undisputed
SELECT
    * EXCEPT (load_id, ancestors, sources),
    if(notEmpty(sources) AND arrayAll(source -> mapContains(last_success, source), sources),
        nullIf(arrayMin(arrayMap(
            source -> if(mapContains(undisputed, concat(source, '\0', unit_id)), undisputed[concat(source, '\0', unit_id)], last_success[source]), sources)), toDate32('1900-01-01')),
        NULL) AS looked_on
FROM duties
WHERE load_id = {load:UInt64}
    AND ifNull(active_from <= {as_of:Date32}, true) AND ifNull(active_to >= {as_of:Date32}, true)
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND ({unit:String} = '' OR unit_id = {unit:String})
    AND ({programme:String} = '' OR programme = {programme:String})
    AND ({focus:String} = '' OR focus = {focus:String})
