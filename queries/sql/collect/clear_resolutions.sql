TRUNCATE TABLE resolving_$collection
