-- How a collection looked (SPEC §3 "Evidence"): only those under the same configuration that read at least as far down the list tell
-- that a record was not there yet.
ALTER TABLE collections
    ADD COLUMN IF NOT EXISTS config_hash String, -- of what the source is configured to read; empty: not known
    ADD COLUMN IF NOT EXISTS depth UInt64; -- rows read from the top of the list
