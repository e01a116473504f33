-- The parts with units whose answers may have changed since the collections of a snapshot, each source's last: by records, because a source
-- that covers them was looked at successfully on a later day than ever before (SPEC §4, state 5), or because something was noted
-- of their notices, or of findings that somebody has judged.
WITH
    then AS (
        SELECT toString(source) AS source, max(collection_id) AS latest, maxIf(day, outcome = 'success') AS looked_on
        FROM ended_collections(...)
        WHERE outcome IN ('success', 'suspicious', 'failed') AND collection_id <= mapFromArrays({sources:Array(String)}, {latest:Array(UInt64)})[toString(source)]
        GROUP BY source
    ),
    now AS (
        SELECT toString(source) AS source, max(collection_id) AS latest, maxIf(day, outcome = 'success') AS looked_on
        FROM ended_collections(...) WHERE outcome IN ('success', 'suspicious', 'failed') GROUP BY source
    )
SELECT DISTINCT root_id
FROM subtrees
WHERE load_id = {load:UInt64} AND startsWith(root_id, '\x01') AND (
    unit_id IN (
        SELECT t.unit_id
        FROM touches AS t
        INNER JOIN now ON now.source = t.source
        LEFT JOIN then ON then.source = t.source
        WHERE t.collection_id > then.latest AND t.collection_id <= now.latest)
    OR unit_id IN (
        SELECT unit_id FROM duties
        WHERE load_id = {load:UInt64} AND hasAny(sources, (
            SELECT groupArray(now.source) FROM now LEFT JOIN then ON then.source = now.source WHERE now.looked_on > then.looked_on)))
    OR unit_id IN (
        SELECT unit_id FROM notice_events
        WHERE event_id > mapFromArrays({sources:Array(String)}, {latest:Array(UInt64)})[':notices'] AND noted_at <= {known_at:DateTime64(3)})
    OR unit_id IN (
        SELECT unit_id FROM findings
        WHERE report_id > mapFromArrays({sources:Array(String)}, {latest:Array(UInt64)})[':findings'] AND noted_at <= {known_at:DateTime64(3)}
            AND finding_id IN (SELECT finding_id FROM finding_verdicts))
    OR unit_id IN (
        SELECT unit_id FROM findings WHERE finding_id IN (
            SELECT finding_id FROM finding_verdicts
            WHERE event_id > mapFromArrays({sources:Array(String)}, {latest:Array(UInt64)})[':verdicts'] AND noted_at <= {known_at:DateTime64(3)})))
