-- The view owed where no item asks for nil returns.
CREATE OR REPLACE VIEW all_but_nil_returns_owed AS
SELECT * FROM periodic_owed(...)
UNION ALL
SELECT * FROM standing_owed(...)
UNION ALL
SELECT * FROM events_owed(...)
