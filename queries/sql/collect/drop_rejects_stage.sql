DROP TABLE IF EXISTS rejecting_$collection SYNC
