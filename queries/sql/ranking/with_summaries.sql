-- The report ranking, and the report summary of the window and of the one before it (earlier), of few units in one question: rows of groups have a
-- name in group and none in unit_id.
SELECT
    rank, previous_rank, if(of_group, '', unit_id) AS unit_id, name AS unit, tier, parent,
    score, previous_score, rating, coverage, timeliness,
    evidenced_timeliness, procedure, placement, verified,
    evidence_share, deductions, assessed, on_time, late,
    lapsed, carried_lapsed, essential_lapsed, pending,
    unverified, exempt, undated, mean_delay_days,
    oldest_lapse_days, backdated, overexposed, yellow_cards,
    open_rectifications, overdue_rectifications, institutions,
    stars,
    group_name AS group, parent_id, unranked, essential_carried,
    group_rank, previous_group_rank, confirmed_backdated, confirmed_failing_links,
    units, organisation_coverage, member_coverage, clear_units, lapsing_units, earlier
FROM measures(groups = 'yes', group_name = 'all', ...)
ORDER BY earlier, rank IS NULL, rank, unit_id
