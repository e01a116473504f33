-- Nil returns (零报告): monthly or quarterly of an event item whose periods without an event must say so; empty: none is asked for.
ALTER TABLE items ADD COLUMN IF NOT EXISTS nil_return LowCardinality(String);
ALTER TABLE duties ADD COLUMN IF NOT EXISTS nil_months UInt8; -- of a period that needs one: 1, 3; 0: none
