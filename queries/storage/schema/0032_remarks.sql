-- What of a source a collection did not understand or read, as JSON: [[fate, place, remark, nearest, parts], …].
ALTER TABLE collections ADD COLUMN IF NOT EXISTS remarks String;
