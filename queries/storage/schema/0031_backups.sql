-- Backups that were finished, so that serve can say when the last was too long ago. One that is restored does not know of itself.
CREATE TABLE IF NOT EXISTS backups (finished_at DateTime64(3, 'UTC'), name String) ENGINE = MergeTree ORDER BY finished_at;
