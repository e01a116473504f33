-- The demonstration sites of each subtree, and all, of every load: what is told of sites alone need not be told of all units.
INSERT INTO subtrees
SELECT load_id, concat('\x02', arrayJoin(arrayPushBack(ancestors, ''))), unit_id FROM units WHERE demonstration_since IS NOT NULL;
