-- What the texts of pairs say. held_pairs: copied.sql or repeated.sql.
SELECT ref, source, record_id, version, place, unit_id, item_id, title, period_from, period_to, happened_on, published_on, url, fetched_at, kind, fault, text, skeleton
FROM texts_in_force(within = '', unit = '', ...)
WHERE ref IN (SELECT arrayJoin([later, earlier]) FROM held_pairs)
