-- The units that are active on the as-of day.
CREATE OR REPLACE VIEW active_units AS
SELECT * EXCEPT (as_of) FROM units_of_windows(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...)
