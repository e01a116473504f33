-- The records that the window published to society though their item does not allow it (SPEC §5 overexposed), the latest first, a part of them
-- beside their number.
SELECT
    r.unit_id AS unit_id, r.unit_name AS unit, toString(r.item_id) AS item_id, r.item AS item, r.title AS title, toString(r.source) AS source, r.record_id AS record_id,
    assumeNotNull(r.published_on) AS published_on, r.withdrawn_on AS withdrawn_on, toString(r.channel) AS channel,
    arrayMap(allowed -> toString(allowed), r.scopes) AS scopes, r.for_society AS for_society, count() OVER () AS found
FROM published_by_group(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS r
WHERE r.overexposed
ORDER BY published_on DESC, unit_id, item_id, source, record_id
LIMIT {limit:UInt32}
