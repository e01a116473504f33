-- The day before which nobody is accused (SPEC §5): since of the configuration, else 1 January of the year of the first look of any source that
-- the database holds, whatever the as-of day or time of knowledge. Without any look it is long ago.
CREATE OR REPLACE VIEW beginning AS
SELECT any(ifNull(since, (SELECT makeDate32(toYear(min(day)), 1, 1) FROM collections FINAL WHERE outcome = 'success'))) AS beginning_on,
    any(isNotNull(since)) AS configured
FROM loads
WHERE load_id = {load:UInt64}
