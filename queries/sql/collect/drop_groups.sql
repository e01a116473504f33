DROP TABLE IF EXISTS grouping_$collection SYNC
