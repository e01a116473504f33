-- Reminders to their readers, as digests are: one for a reader and a working day.
CREATE TABLE IF NOT EXISTS reminders (
    reader   String,
    due_on   Date32,
    step     UInt32,
    state    LowCardinality(String),
    as_of    Date32,
    known_at DateTime64(3, 'UTC'),
    noted_at DateTime64(3, 'UTC'),
    problem  String
) ENGINE = ReplacingMergeTree(step) ORDER BY (reader, due_on);

-- What a reminder spoke of. It counts once the reminder of the same reader and instant is noted as being sent.
CREATE TABLE IF NOT EXISTS reminded (
    reader      String,
    known_at    DateTime64(3, 'UTC'),    -- of the reminder
    unit_id     String,
    item_id     String,
    period      String,
    due_on      Date32,                  -- or the day after which it lapsed
    rung        Int16,                   -- working days before it was due (below 0) or after; 0: it had been met in time after all
    obligations UInt32                   -- of events there may be several
) ENGINE = ReplacingMergeTree ORDER BY (reader, known_at, unit_id, item_id, period, due_on, rung);

-- When the database was restored from a backup: what was sent since the backup is not known.
CREATE TABLE IF NOT EXISTS restores (
    at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree ORDER BY at;
