WITH (
    SELECT (any(venue_weight), any(organisation_weight), any(operation_weight), any(disclosure_weight), any(publicity_weight))
    FROM loads WHERE load_id = {load:UInt64}
) AS weights
SELECT
    if(isNull(i.score), NULL, toNullable(rank() OVER (ORDER BY i.score DESC NULLS LAST))) AS rank,
    s.unit_id AS unit_id, s.name AS unit, i.score AS score,
    i.venue AS venue, i.organisation AS organisation, i.operation AS operation, i.disclosure AS disclosure, i.publicity AS publicity,
    i.inspected_on AS inspected_on, s.demonstration_since AS demonstration_since,
    before.timeliness AS timeliness_before, after.timeliness AS timeliness_after, o.observations AS observations
FROM (
    SELECT unit_id, name, demonstration_since
    FROM active_units(load = {load:UInt64}, as_of = {as_of:Date32}, within = {listed_within:String}, unit = {listed_unit:String})
    WHERE demonstration_since <= {as_of:Date32} AND {group_name:String} IN ('all', group_name)
) AS s
LEFT JOIN (
    SELECT unit_id, toNullable(inspection.1) AS inspected_on,
        toDecimal64(toNullable(inspection.2), 2) / 100 AS venue, toDecimal64(toNullable(inspection.3), 2) / 100 AS organisation,
        toDecimal64(toNullable(inspection.4), 2) / 100 AS operation, toDecimal64(toNullable(inspection.5), 2) / 100 AS disclosure,
        toDecimal64(toNullable(inspection.6), 2) / 100 AS publicity,
        weights.1 + weights.2 + weights.3 + weights.4 + weights.5 AS all_weights,
        inspection.2 * weights.1 + inspection.3 * weights.2 + inspection.4 * weights.3 + inspection.5 * weights.4 + inspection.6 * weights.5 AS weighted,
        toDecimal64(toNullable(intDiv(2 * weighted + all_weights, 2 * all_weights)), 2) / 100 AS score
    FROM (
        SELECT unit_id, max((inspected_on, venue, organisation, operation, disclosure, publicity)) AS inspection
        FROM site_scores WHERE load_id = {load:UInt64} AND inspected_on <= {as_of:Date32}
        GROUP BY unit_id
    )
) AS i ON i.unit_id = s.unit_id
LEFT JOIN (
    SELECT unit_id, toNullable(timeliness) AS timeliness
    FROM site_timeliness(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, within = {listed_within:String},
        unit = {listed_unit:String}, programme = {programme:String}, focus = {focus:String})
    WHERE part = 'before'
) AS before ON before.unit_id = s.unit_id
LEFT JOIN (
    SELECT unit_id, toNullable(timeliness) AS timeliness
    FROM site_timeliness(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, within = {listed_within:String},
        unit = {listed_unit:String}, programme = {programme:String}, focus = {focus:String})
    WHERE part = 'after'
) AS after ON after.unit_id = s.unit_id
LEFT JOIN (
    SELECT site_id, count() AS observations FROM observations WHERE load_id = {load:UInt64} AND visited_on <= {as_of:Date32} GROUP BY site_id
) AS o ON o.site_id = s.unit_id
ORDER BY rank IS NULL, rank, s.unit_id
