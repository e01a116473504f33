-- Texts that stand, read since a round.
SELECT ref, source, record_id, version, place, unit_id, item_id, title, period_from, period_to, happened_on, published_on, url, fetched_at, kind, fault, text, skeleton
FROM texts_in_force(within = '', unit = '', ...)
WHERE round_id > {since:UInt64}
