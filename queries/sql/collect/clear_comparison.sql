TRUNCATE TABLE comparing_$collection
