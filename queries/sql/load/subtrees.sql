-- The units of each unit's subtree, itself among them: within of a question (SPEC §6).
INSERT INTO subtrees (load_id, root_id, unit_id)
SELECT load_id, arrayJoin(ancestors), unit_id FROM units WHERE load_id = {load_id:UInt64}
UNION ALL -- the demonstration sites of each subtree, and all: they are few, and asked by themselves
SELECT load_id, concat('\x02', arrayJoin(arrayPushBack(ancestors, ''))), unit_id FROM units
WHERE load_id = {load_id:UInt64} AND demonstration_since IS NOT NULL
