SELECT
    s.source AS source, c.last_success AS last_success, c.last_outcome AS last_outcome,
    toUInt64(c.new) AS new, toUInt64(c.changed) AS changed, toUInt64(c.unchanged) AS unchanged, toUInt64(c.rejected) AS rejected,
    toUInt64(c.collections) AS collections, c.duration_seconds AS duration_seconds,
    arrayMap(bound -> toUInt64(arrayCount(seconds -> seconds <= bound, c.durations)), [1, 5, 15, 60, 300, 900, 3600]) AS duration_counts,
    c.duration_buckets AS duration_buckets
FROM (
    SELECT DISTINCT toString(source) AS source FROM covers WHERE load_id = {load:UInt64} -- one that is not configured any more has no series
) AS s
LEFT JOIN (
    SELECT
        toString(e.source) AS source,
        if(countIf(e.outcome = 'success') = 0, NULL, toNullable(maxIf(e.ended_at, e.outcome = 'success'))) AS last_success,
        toString(argMax(e.outcome, e.collection_id)) AS last_outcome,
        sum(e.new) AS new, sum(e.changed) AS changed, sum(e.unchanged) AS unchanged, sum(e.rejected) AS rejected,
        count() AS collections,
        groupArray(dateDiff('millisecond', e.started_at, e.ended_at) / 1000) AS durations,
        arraySum(durations) AS duration_seconds,
        -- a bucket ends at each eighth power of two; nothing above 0 is shorter than a millisecond
        sumMapIf(map(toInt32(ceil(log2(greatest(dateDiff('millisecond', e.started_at, e.ended_at), 1) / 1000) * 8)), toUInt64(1)),
            e.ended_at > e.started_at) AS duration_buckets
    FROM (SELECT * FROM known_collections(...) WHERE outcome IN ('success', 'suspicious', 'failed')) AS e
    GROUP BY e.source
) AS c ON c.source = s.source
ORDER BY s.source
