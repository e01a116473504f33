-- What each source of the load covers (SPEC §4) among what the question is about: how many units and duties, and which items.
SELECT toString(source) AS source, uniqExact(unit_id) AS units, arraySort(groupUniqArray(toString(item_id))) AS items, count() AS duties
FROM (
    SELECT unit_id, item_id, arrayJoin(sources) AS source FROM duties
    WHERE load_id = {load:UInt64}
        AND ifNull(active_from <= {as_of:Date32}, true) AND ifNull(active_to >= {as_of:Date32}, true)
        AND ({listed_within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {listed_within:String}))
        AND ({listed_unit:String} = '' OR unit_id = {listed_unit:String})
        AND ({programme:String} = '' OR programme = {programme:String})
        AND ({focus:String} = '' OR focus = {focus:String})
)
GROUP BY source
ORDER BY source
