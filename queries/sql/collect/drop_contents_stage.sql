DROP TABLE IF EXISTS keeping_$collection SYNC
