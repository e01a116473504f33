-- A visitor may have ceased to be active since.
SELECT
    s.unit_id AS unit_id, s.name AS unit, o.visited_on AS visited_on, o.visitor_id AS visitor_id, v.name AS visitor, o.attendees AS attendees,
    v.tier AS tier
FROM (SELECT site_id, visited_on, visitor_id, attendees FROM observations WHERE load_id = {load:UInt64} AND visited_on <= {as_of:Date32}) AS o
INNER JOIN demonstration_sites(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS s
    ON s.unit_id = o.site_id
LEFT JOIN (SELECT unit_id, name, tier FROM units WHERE load_id = {load:UInt64}) AS v ON v.unit_id = o.visitor_id
ORDER BY visited_on, unit_id, visitor_id, attendees
