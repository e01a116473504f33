SELECT
    g.group_name AS group, r.units AS units, r.assessed AS assessed, r.coverage AS coverage, r.timeliness AS timeliness,
    r.evidenced_timeliness AS evidenced_timeliness, r.procedure AS procedure, r.placement AS placement,
    r.organisation_coverage AS organisation_coverage, r.member_coverage AS member_coverage, r.clear_units AS clear_units,
    r.lapsed AS lapsed, r.carried_lapsed AS carried_lapsed, r.unverified AS unverified, r.pending AS pending,
    r.score AS score, r.on_time AS on_time, r.late AS late, r.exempt AS exempt, r.undated AS undated, r.backdated AS backdated,
    r.overexposed AS overexposed, r.evidence_share AS evidence_share, r.lapsing_units AS lapsing_units
FROM (SELECT arrayJoin(['organs', 'towns', 'villages', 'district', 'all']) AS group_name) AS g
LEFT JOIN results(windows = {window:Array(Tuple(Date32, Date32, Date32))}, within = {listed_within:String}, unit = {listed_unit:String}, pool = '', groups = 'yes', ...) AS r
    ON r.pooled_as = '\x03' || g.group_name
WHERE {group_name:String} IN ('all', g.group_name)
ORDER BY indexOf(['organs', 'towns', 'villages', 'district', 'all'], g.group_name)
