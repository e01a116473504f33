DROP TABLE IF EXISTS comparing_$collection SYNC
