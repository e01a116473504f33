DROP TABLE IF EXISTS settled_$collection SYNC
