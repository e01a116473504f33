-- The layers of the edition of the question that are of a subtree, or all. A subtree larger than a locality consists of whole ones, each named after
-- one of its units (queries/locality.go).
CREATE OR REPLACE VIEW layers_within AS
SELECT layer_id
FROM layers_in_force(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    programme = {programme:String}, focus = {focus:String})
WHERE ({within:String} = '' OR substring(locality, 2) IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
