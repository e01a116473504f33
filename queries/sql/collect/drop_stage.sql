DROP TABLE IF EXISTS collecting_$collection SYNC
