-- Names come as LowCardinality: a list has each many times, and is sent and written faster so.
SELECT
    r.record_id AS record_id, r.unit_id AS unit_id, u.name AS unit, u.parent AS parent, r.item_id AS item_id, i.name AS item, r.title AS title,
    r.event_id AS event_id, r.period AS period, r.occurred_on AS occurred_on, r.proposed_on AS proposed_on, r.reviewed_on AS reviewed_on,
    r.approved_on AS approved_on, r.published_on AS published_on, r.uploaded_on AS uploaded_on, r.withdrawn_on AS withdrawn_on,
    r.scope AS scope, r.channel AS channel, r.url AS url, r.source AS source, r.first_seen AS first_seen, r.evidenced_on AS evidenced_on,
    r.backdated AS backdated,
    r.scope = 'society' AND (empty(i.scopes) OR has(i.scopes, 'society')) AS for_society
FROM records_in_force(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS r
INNER JOIN (
    SELECT a.unit_id AS unit_id, toLowCardinality(a.name) AS name, toLowCardinality(p.name) AS parent
    FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS a
    LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS p ON p.unit_id = a.parent_id
    WHERE {group_name:String} IN ('all', a.group_name)
) AS u ON u.unit_id = r.unit_id
INNER JOIN (
    SELECT item_id, toLowCardinality(name) AS name, scopes FROM items
    WHERE load_id = {load:UInt64} AND {programme:String} IN ('', programme) AND {focus:String} IN ('', focus)
) AS i ON i.item_id = r.item_id
ORDER BY r.source, r.record_id
