-- The units of each unit's subtree, itself among them: within of a question (SPEC §6).
INSERT INTO subtrees (load_id, root_id, unit_id)
SELECT load_id, arrayJoin(ancestors), unit_id FROM units WHERE load_id = {load_id:UInt64}
