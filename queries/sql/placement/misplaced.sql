-- The records of met obligations that do not satisfy placement (SPEC §5), the latest published first, a part of them beside their number: in a
-- scope or channel that the item does not allow, or taken down before display_days. met_placed: another record of the obligation satisfies it.
SELECT
    unit_id, unit, toString(m.item_id) AS item_id, item, period, title, toString(m.source) AS source, record_id, published_on, withdrawn_on, display_days,
    toString(m.scope) AS scope, toString(m.channel) AS channel, arrayMap(allowed -> toString(allowed), m.scopes) AS scopes,
    arrayMap(allowed -> toString(allowed), m.channels) AS channels, scope_allowed, channel_allowed, displayed, ifNull(placement, 0) = 1 AS met_placed, for_society,
    count() OVER () AS found
FROM met_records(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS m
WHERE NOT placed
ORDER BY published_on DESC, unit_id, item_id, source, record_id
LIMIT {limit:UInt32}
