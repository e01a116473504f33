-- Every inspection by the as-of day, with its score as shown: the mean of the five aspects, weighted (SPEC §5).
CREATE OR REPLACE VIEW site_inspections AS
WITH (
    SELECT (any(venue_weight), any(organisation_weight), any(operation_weight), any(disclosure_weight), any(publicity_weight))
    FROM loads WHERE load_id = {load:UInt64}
) AS weights
SELECT
    i.unit_id AS unit_id, i.inspected_on AS inspected_on, i.inspector AS inspector,
    toDecimal64(i.venue, 2) / 100 AS venue, toDecimal64(i.organisation, 2) / 100 AS organisation, toDecimal64(i.operation, 2) / 100 AS operation,
    toDecimal64(i.disclosure, 2) / 100 AS disclosure, toDecimal64(i.publicity, 2) / 100 AS publicity,
    weights.1 + weights.2 + weights.3 + weights.4 + weights.5 AS all_weights,
    i.venue * weights.1 + i.organisation * weights.2 + i.operation * weights.3 + i.disclosure * weights.4 + i.publicity * weights.5 AS weighted,
    toDecimal64(intDiv(2 * weighted + all_weights, 2 * all_weights), 2) / 100 AS score
FROM site_scores AS i
WHERE i.load_id = {load:UInt64} AND i.inspected_on <= {as_of:Date32}
