-- The parts of the snapshot of the question that are of a subtree, or all. A subtree larger than a part consists of whole ones, each named after
-- one of its units (queries/model/parts.go).
CREATE OR REPLACE VIEW layers_within AS
SELECT layer_id
FROM layers_in_force(...)
WHERE ({within:String} = '' OR substring(locality, 2) IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
