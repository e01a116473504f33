-- Where the rejected rows of one collection wait, and those that its source leaves out. record_id and title are what the row says of itself, so that
-- the record it meant to correct is not taken for gone; number is as a version's; day is published_on as shown, or empty.
CREATE TABLE IF NOT EXISTS rejecting_$collection (
    place String, reason String, content String, record_id String, title String, number UInt64, day String, left_out Bool
)
ENGINE = MergeTree ORDER BY place
SETTINGS non_replicated_deduplication_window = 100000
