-- Every obligation as of the as-of day, of one window.
CREATE OR REPLACE VIEW obligations AS
SELECT * EXCEPT (as_of, met) FROM obligations_of_windows(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...)
