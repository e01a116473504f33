-- The records with steps of met obligations that lack a step or have them out of order, the latest published first, a part of them beside their
-- number. met_in_order: another record of the obligation has all steps in order.
SELECT
    unit_id, unit, toString(m.item_id) AS item_id, item, period, title, toString(m.source) AS source, record_id,
    proposed_on, reviewed_on, approved_on, published_on, ifNull(procedure, 0) = 1 AS met_in_order, for_society, count() OVER () AS found
FROM met_records(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS m
WHERE steps AND NOT in_order
ORDER BY published_on DESC, unit_id, item_id, source, record_id
LIMIT {limit:UInt32}
