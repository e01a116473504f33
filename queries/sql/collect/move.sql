-- Moving parts costs nothing, however many rows they hold; moved twice, there is nothing left to move.
ALTER TABLE collecting_$collection MOVE PARTITION ID 'all' TO TABLE record_versions
