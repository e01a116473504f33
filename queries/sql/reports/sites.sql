SELECT
    if(isNull(i.score), NULL, toNullable(rank() OVER (ORDER BY i.score DESC NULLS LAST))) AS rank,
    s.unit_id AS unit_id, s.name AS unit, i.score AS score,
    i.venue AS venue, i.organisation AS organisation, i.operation AS operation, i.disclosure AS disclosure, i.publicity AS publicity,
    i.inspected_on AS inspected_on, s.demonstration_since AS demonstration_since,
    t.before AS timeliness_before, t.after AS timeliness_after, o.observations AS observations,
    s.group_name AS group, s.stars AS stars
FROM demonstration_sites(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS s
LEFT JOIN (
    SELECT unit_id, toNullable(latest.1) AS inspected_on, toNullable(latest.2) AS venue, toNullable(latest.3) AS organisation,
        toNullable(latest.4) AS operation, toNullable(latest.5) AS disclosure, toNullable(latest.6) AS publicity, toNullable(latest.7) AS score
    FROM (
        SELECT unit_id, max((inspected_on, venue, organisation, operation, disclosure, publicity, score)) AS latest
        FROM site_inspections(...)
        GROUP BY unit_id
    )
) AS i ON i.unit_id = s.unit_id
LEFT JOIN (
    SELECT unit_id, maxIf(toNullable(timeliness), part = 'before') AS before, maxIf(toNullable(timeliness), part = 'after') AS after
    FROM site_timeliness(within = {sites_within:String}, unit = {listed_unit:String}, ...)
    GROUP BY unit_id
) AS t ON t.unit_id = s.unit_id
LEFT JOIN (
    SELECT site_id, count() AS observations FROM observations WHERE load_id = {load:UInt64} AND visited_on <= {as_of:Date32} GROUP BY site_id
) AS o ON o.site_id = s.unit_id
ORDER BY rank IS NULL, rank, s.unit_id
