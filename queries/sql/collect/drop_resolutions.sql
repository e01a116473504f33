DROP TABLE IF EXISTS resolving_$collection SYNC
