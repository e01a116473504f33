-- A part's standings, from its unit results.
INSERT INTO kept_standings
SELECT {layer:UInt64}, unit_id, group_name, standing, unranked, rating, score, coverage, timeliness, evidenced_timeliness, procedure, placement, verified,
    evidence_share, deductions, assessed, on_time, late, lapsed, carried_lapsed, essential_lapsed, pending, unverified, exempt, undated, mean_delay_days,
    oldest_lapse_days, backdated, overexposed, yellow_cards, open_rectifications, overdue_rectifications, institutions, essential_carried,
    as_of, confirmed_backdated, confirmed_failing_links
FROM standings(windows = {window:Array(Tuple(Date32, Date32, Date32))}, pool = 'own', groups = 'no', group_name = '', ...)
