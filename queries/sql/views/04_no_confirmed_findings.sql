-- The view confirmed_findings where no cap of the rating asks for them.
CREATE OR REPLACE VIEW no_confirmed_findings AS
SELECT toDate32(0) AS counted_on, '' AS unit_id, toUInt64(0) AS confirmed_backdated, toUInt64(0) AS confirmed_failing_links WHERE false
