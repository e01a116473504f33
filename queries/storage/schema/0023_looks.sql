-- Whether a collection is a look (SPEC §3 "What a collection proves"): its outcome is then success, otherwise suspicious or failed.
ALTER TABLE collections
    ADD COLUMN IF NOT EXISTS not_understood UInt64, -- parts of the source that were not read or not understood
    ADD COLUMN IF NOT EXISTS accepted String,       -- what a look lacked, had it not been accepted; empty: nothing
    ADD COLUMN IF NOT EXISTS accepted_by String,    -- who accepted it; agreement: the collections of seven days
    ADD COLUMN IF NOT EXISTS agreeing_days UInt16,  -- of a suspicious one: days of collections that agree, this one's included
    ADD COLUMN IF NOT EXISTS slot UInt8,            -- where its rows are in looked_rows; 0: nowhere
    ADD COLUMN IF NOT EXISTS to_end Bool;           -- it was read to its end

-- A list that was suspiciously short was stored as a success with a warning. It was no look.
ALTER TABLE collections UPDATE outcome = 'suspicious' WHERE outcome = 'success' AND error != '' SETTINGS mutations_sync = 2;

-- The rows of a source's last look, and of those collections after it that the next one is compared with. A slot is used again by a later
-- collection: its rows replace those before, and what is left of them is recognised by its collection_id.
CREATE TABLE looked_rows (
    source        LowCardinality(String),
    slot          UInt8,
    number        UInt64,                 -- rises down the list; from 2^40 on: not read again, since the walk stopped early or went on where another failed
    collection_id UInt64,
    fate          LowCardinality(String), -- record, rejected, left_out
    part          LowCardinality(String), -- file and sheet of a ledger
    record_id     String,
    key           UInt64,                 -- of the disclosure, whatever its address; of a row that is no record, of its title or text
    content       UInt64,                 -- of the raw row; 0: not stored
    title         UInt64,                 -- of the title; 0: none
    day           Nullable(Date32),       -- published_on, or else occurred_on, as shown
    withdrawn     Bool                    -- the row itself says so
) ENGINE = ReplacingMergeTree(collection_id) ORDER BY (source, slot, number);
