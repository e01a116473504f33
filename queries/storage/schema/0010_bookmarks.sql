-- How far a collection of a list of several pages came, so that one that failed need not be begun again the same day (SPEC §3).
ALTER TABLE collections
    ADD COLUMN IF NOT EXISTS bookmark_position UInt64, -- of the last page read, from 0
    ADD COLUMN IF NOT EXISTS bookmark_cursor String,   -- what it takes to ask for that page again: an address, a cursor
    ADD COLUMN IF NOT EXISTS bookmark_above UInt64;    -- rows above that page in the list
