-- A part's unit results, from its obligations.
INSERT INTO kept_unit_results
SELECT {layer:UInt64}, *
FROM unit_results(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...)
