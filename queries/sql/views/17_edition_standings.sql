-- The standings of units themselves as stored in the snapshot of the question, without what the registry says of the units.
CREATE OR REPLACE VIEW edition_standings AS
SELECT * EXCEPT (layer_id)
FROM kept_standings
WHERE layer_id IN (SELECT layer_id FROM layers_in_force(...))
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND {group_name:String} IN ('', 'all', group_name)
