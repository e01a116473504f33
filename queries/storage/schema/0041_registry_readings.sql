-- What of the registry's files a reading did not understand or read, as collections' remarks are stored; a row whenever that has changed.
CREATE TABLE IF NOT EXISTS registry_readings (read_at DateTime64(3, 'UTC'), remarks String) ENGINE = MergeTree ORDER BY read_at;
