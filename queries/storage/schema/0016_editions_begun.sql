-- Snapshots that are being made: as long as one is not whole its parts count for nobody, but the next attempt takes them over.
CREATE TABLE IF NOT EXISTS editions_begun (
    edition_id UInt64, load_id UInt64, known_at DateTime64(3, 'UTC'), live Bool, as_of Date32, from_on Date32, to_on Date32, programme String, focus String
) ENGINE = MergeTree ORDER BY (load_id, edition_id);
