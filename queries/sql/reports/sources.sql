SELECT
    s.source AS source, c.kind AS kind, c.last_success AS last_success, c.latest.1 AS last_outcome,
    c.latest.2 AS read, c.latest.3 AS new, c.latest.4 AS changed, c.latest.5 AS unchanged, c.latest.6 AS rejected, c.latest.7 AS error
FROM (
    SELECT DISTINCT source FROM covers WHERE load_id = {load:UInt64}
    UNION DISTINCT
    SELECT DISTINCT source FROM known_collections(known_at = {known_at:DateTime64(3)})
) AS s
LEFT JOIN (
    SELECT
        source, any(e.kind) AS kind,
        if(countIf(e.outcome = 'success') = 0, NULL, toNullable(maxIf(e.ended_at, e.outcome = 'success'))) AS last_success,
        argMax((e.outcome, e.read, e.new, e.changed, e.unchanged, e.rejected, e.error), e.collection_id) AS latest
    FROM known_collections(known_at = {known_at:DateTime64(3)}) AS e
    GROUP BY source
) AS c ON c.source = s.source
ORDER BY s.source
