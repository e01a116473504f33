-- The units of a group that another load of the registry (…_before) gives another place, score, rating or count, or of which one of the two knows nothing.
WITH
    now AS (
        SELECT *, toString((group_rank, score, rating, unranked, coverage, timeliness, verified, assessed, on_time, late, lapsed, carried_lapsed, pending, unverified, exempt)) AS shown
        FROM ranking(pool = 'own', groups = 'no', windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...)
    ),
    before AS (
        SELECT *, toString((group_rank, score, rating, unranked, coverage, timeliness, verified, assessed, on_time, late, lapsed, carried_lapsed, pending, unverified, exempt)) AS shown
        FROM ranking(load = {then_load:UInt64}, layers = {then_layers:Array(UInt64)}, beginning = {then_beginning:Date32}, configured = {then_configured:Bool},
            pool = 'own', groups = 'no', windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...)
    )
SELECT
    multiIf(b.unit_id = '', 'appears', n.unit_id = '', 'vanishes', 'changes') AS effect,
    if(n.unit_id != '', n.unit_id, b.unit_id) AS unit_id, if(n.unit_id != '', n.name, b.name) AS unit,
    toString(if(n.unit_id != '', n.group_name, b.group_name)) AS group,
    b.group_rank AS rank_before, n.group_rank AS rank_after, b.score AS score_before, n.score AS score_after, n.score - b.score AS score_change,
    toString(b.rating) AS rating_before, toString(n.rating) AS rating_after,
    b.coverage AS coverage_before, n.coverage AS coverage_after, b.timeliness AS timeliness_before, n.timeliness AS timeliness_after,
    if(effect = 'appears', NULL, toNullable(b.assessed)) AS assessed_before, if(effect = 'vanishes', NULL, toNullable(n.assessed)) AS assessed_after,
    if(effect = 'appears', NULL, toNullable(b.lapsed)) AS lapsed_before, if(effect = 'vanishes', NULL, toNullable(n.lapsed)) AS lapsed_after,
    if(effect = 'appears', NULL, toNullable(b.carried_lapsed)) AS carried_lapsed_before, if(effect = 'vanishes', NULL, toNullable(n.carried_lapsed)) AS carried_lapsed_after,
    if(effect = 'appears', NULL, toNullable(b.unverified)) AS unverified_before, if(effect = 'vanishes', NULL, toNullable(n.unverified)) AS unverified_after
FROM now AS n
FULL OUTER JOIN before AS b ON b.unit_id = n.unit_id
WHERE n.shown != b.shown
ORDER BY abs(score_change) DESC NULLS FIRST, unit_id
