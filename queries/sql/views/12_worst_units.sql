-- The units with most lapses, of those with as many the ones with the lowest scores; not more than so many.
CREATE OR REPLACE VIEW worst_units AS
SELECT unit_id
FROM standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, pool = 'own', groups = 'no', group_name = 'all', ...)
ORDER BY lapsed + carried_lapsed DESC, isNull(score), score, unit_id
LIMIT {most:UInt64}
