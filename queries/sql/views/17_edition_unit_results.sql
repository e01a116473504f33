-- The view unit_results as stored in the snapshot of the question.
CREATE OR REPLACE VIEW edition_unit_results AS
SELECT * EXCEPT (layer_id)
FROM kept_unit_results
WHERE layer_id IN (SELECT layer_id FROM layers_in_force(...))
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND ({unit:String} = '' OR unit_id = {unit:String})
