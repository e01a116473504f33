-- The working day that is so many working days after the as-of day (SPEC §2, calendar.csv).
WITH (SELECT any(working_days) FROM days WHERE load_id = {load:UInt64} AND day = {as_of:Date32}) AS until
SELECT min(day) AS day FROM days WHERE load_id = {load:UInt64} AND working AND working_days = until + {count:UInt64}
