-- The report ranking in whatever order: the units of a group with their place, and their place in the window before unless that begins before
-- the beginning.
CREATE OR REPLACE VIEW ranked_units AS
WITH {previous_from:Date32} >= (SELECT beginning_on FROM beginning(...)) AS compared
SELECT
    now.rank AS rank, if(compared, now.rank_before, NULL) AS previous_rank, now.unit_id AS unit_id, now.name AS unit, now.tier AS tier, parent.name AS parent,
    now.score AS score, if(compared, now.score_before, NULL) AS previous_score, now.rating AS rating, now.coverage AS coverage, now.timeliness AS timeliness,
    now.evidenced_timeliness AS evidenced_timeliness, now.procedure AS procedure, now.placement AS placement, now.verified AS verified,
    now.evidence_share AS evidence_share, now.deductions AS deductions, now.assessed AS assessed, now.on_time AS on_time, now.late AS late,
    now.lapsed AS lapsed, now.carried_lapsed AS carried_lapsed, now.essential_lapsed AS essential_lapsed, now.pending AS pending,
    now.unverified AS unverified, now.exempt AS exempt, now.undated AS undated, now.mean_delay_days AS mean_delay_days,
    now.oldest_lapse_days AS oldest_lapse_days, now.backdated AS backdated, now.overexposed AS overexposed, now.yellow_cards AS yellow_cards,
    now.open_rectifications AS open_rectifications, now.overdue_rectifications AS overdue_rectifications, now.institutions AS institutions,
    now.stars AS stars,
    now.group_name AS group, now.parent_id AS parent_id, now.unranked AS unranked, now.essential_carried AS essential_carried,
    now.group_rank AS group_rank, if(compared, now.group_rank_before, NULL) AS previous_group_rank
FROM (
    SELECT
        *, lagInFrame(rank) OVER earlier AS rank_before, lagInFrame(group_rank) OVER earlier AS group_rank_before, lagInFrame(score) OVER earlier AS score_before
    FROM ranking(pool = {scope:String}, ...)
    WINDOW earlier AS (PARTITION BY unit_id ORDER BY as_of)
) AS now
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS parent ON parent.unit_id = now.parent_id
WHERE now.as_of = {as_of:Date32}
