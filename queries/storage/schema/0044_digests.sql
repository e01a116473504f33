-- Digests to their readers, one for a reader and the day on which it was due: what was to be sent is written before, what became of it after.
CREATE TABLE IF NOT EXISTS digests (
    reader   String,                     -- as the configuration names him
    due_on   Date32,
    step     UInt32,                     -- counts the rows of one digest; the last one counts
    state    LowCardinality(String),     -- sending, sent, quiet, refused, unknown
    as_of    Date32,                     -- day that it speaks of
    known_at DateTime64(3, 'UTC'),       -- what it speaks of was known by then
    noted_at DateTime64(3, 'UTC'),
    problem  String                      -- why it was refused, or why it is unknown
) ENGINE = ReplacingMergeTree(step) ORDER BY (reader, due_on);
