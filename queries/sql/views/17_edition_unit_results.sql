-- The view unit_results as the edition of the question keeps it.
CREATE OR REPLACE VIEW edition_unit_results AS
SELECT * EXCEPT (layer_id)
FROM kept_unit_results
WHERE layer_id IN (SELECT layer_id FROM layers_in_force(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32},
        from_on = {from_on:Date32}, to_on = {to_on:Date32}, programme = {programme:String}, focus = {focus:String}))
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND ({unit:String} = '' OR unit_id = {unit:String})
