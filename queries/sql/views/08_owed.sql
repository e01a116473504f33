-- Every obligation of the active units (SPEC §4) that is due by to_on or within 30 days of the as-of day, before its state.
CREATE OR REPLACE VIEW owed AS
SELECT * FROM all_but_nil_returns_owed(...)
UNION ALL
SELECT * FROM nil_returns_owed(...)
