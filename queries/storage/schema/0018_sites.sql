-- The demonstration sites of each subtree, and all, of every load: what is asked of sites alone need not be computed of all units.
INSERT INTO subtrees
SELECT load_id, concat('\x02', arrayJoin(arrayPushBack(ancestors, ''))), unit_id FROM units WHERE demonstration_since IS NOT NULL;
