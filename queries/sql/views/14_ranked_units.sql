-- The report ranking in whatever order: the units of a group with their place, and their place in the window before.
CREATE OR REPLACE VIEW ranked_units AS
SELECT
    rank, previous_rank, unit_id, name AS unit, tier, parent,
    score, previous_score, rating, coverage, timeliness,
    evidenced_timeliness, procedure, placement, verified,
    evidence_share, deductions, assessed, on_time, late,
    lapsed, carried_lapsed, essential_lapsed, pending,
    unverified, exempt, undated, mean_delay_days,
    oldest_lapse_days, backdated, overexposed, yellow_cards,
    open_rectifications, overdue_rectifications, institutions,
    stars,
    group_name AS group, parent_id, unranked, essential_carried,
    group_rank, previous_group_rank, confirmed_backdated, confirmed_failing_links
FROM measures(groups = 'no', ...)
