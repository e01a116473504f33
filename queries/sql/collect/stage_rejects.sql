-- Where the rejected rows of one collection wait. record_id and title are what the row says of itself, so that the record
-- it meant to correct is not taken for gone.
CREATE TABLE IF NOT EXISTS rejecting_$collection (place String, reason String, content String, record_id String, title String)
ENGINE = MergeTree ORDER BY place
SETTINGS non_replicated_deduplication_window = 100000
