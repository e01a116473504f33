-- Whether the record that an obligation shows is for everyone; of snapshots made before, none is.
ALTER TABLE kept_obligations ADD COLUMN IF NOT EXISTS for_society UInt8;
