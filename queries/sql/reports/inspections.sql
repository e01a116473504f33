SELECT
    s.unit_id AS unit_id, s.name AS unit, i.inspected_on AS inspected_on, i.score AS score,
    i.venue AS venue, i.organisation AS organisation, i.operation AS operation, i.disclosure AS disclosure, i.publicity AS publicity,
    i.inspector AS inspector
FROM site_inspections(...) AS i
INNER JOIN demonstration_sites(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS s
    ON s.unit_id = i.unit_id
ORDER BY unit_id, inspected_on, score, venue, organisation, operation, disclosure
