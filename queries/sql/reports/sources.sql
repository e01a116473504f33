SELECT
    s.source AS source, c.kind AS kind, c.last_success AS last_success, c.latest.1 AS last_outcome,
    c.latest.2 AS read, c.latest.3 AS new, c.latest.4 AS changed, c.latest.5 AS unchanged, c.latest.6 AS rejected, c.latest.8 AS not_understood, c.latest.7 AS error,
    c.failing_since AS failing_since, c.failures AS failures
FROM (
    SELECT DISTINCT source FROM covers WHERE load_id = {load:UInt64}
    UNION DISTINCT
    SELECT DISTINCT source FROM known_collections(...)
) AS s
LEFT JOIN (
    SELECT
        source, any(e.kind) AS kind,
        if(countIf(e.outcome = 'success') = 0, NULL, toNullable(maxIf(e.ended_at, e.outcome = 'success'))) AS last_success,
        -- the failures, and what was no look, after the last look, whatever was begun or broken off meanwhile
        maxIf(e.collection_id, e.outcome = 'success') AS last_good,
        arrayFilter(failed -> failed.1 > last_good, groupArrayIf((e.collection_id, e.started_at), e.outcome IN ('suspicious', 'failed'))) AS failed,
        if(empty(failed), NULL, toNullable(arrayMin(failed.2))) AS failing_since,
        length(failed) AS failures,
        argMax((e.outcome, e.read, e.new, e.changed, e.unchanged, e.rejected, e.error, e.not_understood), e.collection_id) AS latest
    FROM known_collections(...) AS e
    GROUP BY source
) AS c ON c.source = s.source
ORDER BY s.source
