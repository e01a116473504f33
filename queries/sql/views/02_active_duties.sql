-- The duties of the units that are active on the as-of day, with the day on which the last of their sources' latest successful collections
-- was still to come: looked_on is the earliest of them, NULL where a source never succeeded or none covers the duty (SPEC §4, state 5).
CREATE OR REPLACE VIEW active_duties AS
WITH (
    SELECT mapFromArrays(groupArray(source), groupArray(day))
    FROM (
        SELECT toString(source) AS source, max(day) AS day FROM known_collections(known_at = {known_at:DateTime64(3)})
        WHERE outcome = 'success'
        GROUP BY source
    )
) AS last_success
SELECT
    * EXCEPT (load_id, ancestors, sources),
    if(notEmpty(sources) AND arrayAll(source -> mapContains(last_success, source), sources),
        arrayMin(arrayMap(source -> last_success[source], sources)), NULL) AS looked_on
FROM duties
WHERE load_id = {load:UInt64}
    AND ifNull(active_from <= {as_of:Date32}, true) AND ifNull(active_to >= {as_of:Date32}, true)
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND ({unit:String} = '' OR unit_id = {unit:String})
    AND ({programme:String} = '' OR programme = {programme:String})
    AND ({focus:String} = '' OR focus = {focus:String})
