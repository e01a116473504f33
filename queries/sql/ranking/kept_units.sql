-- The rows of the report ranking of the units named, in their order, of a stored snapshot.
SELECT
    nullIf(place.rank, 0) AS rank, nullIf(previous.rank, 0) AS previous_rank, now.unit_id AS unit_id, u.name AS unit, u.tier AS tier, parent.name AS parent,
    now.score AS score, before.score AS previous_score, now.rating AS rating, now.coverage AS coverage, now.timeliness AS timeliness,
    now.evidenced_timeliness AS evidenced_timeliness, now.procedure AS procedure, now.placement AS placement, now.verified AS verified,
    now.evidence_share AS evidence_share, now.deductions AS deductions, now.assessed AS assessed, now.on_time AS on_time, now.late AS late,
    now.lapsed AS lapsed, now.carried_lapsed AS carried_lapsed, now.essential_lapsed AS essential_lapsed, now.pending AS pending,
    now.unverified AS unverified, now.exempt AS exempt, now.undated AS undated, now.mean_delay_days AS mean_delay_days,
    now.oldest_lapse_days AS oldest_lapse_days, now.backdated AS backdated, now.overexposed AS overexposed, now.yellow_cards AS yellow_cards,
    now.open_rectifications AS open_rectifications, now.overdue_rectifications AS overdue_rectifications, now.institutions AS institutions,
    u.stars AS stars,
    now.group_name AS group, u.parent_id AS parent_id, now.unranked AS unranked, now.essential_carried AS essential_carried,
    CAST(NULL AS Nullable(UInt64)) AS group_rank, CAST(NULL AS Nullable(UInt64)) AS previous_group_rank, -- of so many each group is asked for itself
    now.confirmed_backdated AS confirmed_backdated, now.confirmed_failing_links AS confirmed_failing_links
FROM (
    SELECT *
    FROM edition_standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...)
    WHERE has({units:Array(String)}, unit_id)
) AS now
LEFT JOIN edition_places(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...) AS place
    ON place.standing = now.standing
LEFT JOIN (
    SELECT unit_id, standing, score
    FROM edition_standings(windows = {previous_window:Array(Tuple(Date32, Date32, Date32))}, ...)
    WHERE has({units:Array(String)}, unit_id) AND {previous_from:Date32} >= {beginning:Date32}
) AS before ON before.unit_id = now.unit_id
LEFT JOIN edition_places(windows = {previous_window:Array(Tuple(Date32, Date32, Date32))}, ...) AS previous
    ON previous.standing = before.standing
LEFT JOIN (
    SELECT unit_id, name, tier, parent_id, stars FROM units WHERE load_id = {load:UInt64} AND has({units:Array(String)}, unit_id)
) AS u ON u.unit_id = now.unit_id
LEFT JOIN (
    SELECT unit_id, name FROM units
    WHERE load_id = {load:UInt64} AND unit_id IN (SELECT parent_id FROM units WHERE load_id = {load:UInt64} AND has({units:Array(String)}, unit_id))
) AS parent ON parent.unit_id = u.parent_id
ORDER BY indexOf({units:Array(String)}, now.unit_id)
