-- How many texts that stand were read since a round.
SELECT count() AS texts
FROM texts_in_force(within = '', unit = '', ...)
WHERE round_id > {since:UInt64}
