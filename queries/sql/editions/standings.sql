-- A layer's standings, from its unit results.
INSERT INTO kept_standings
SELECT {layer:UInt64}, unit_id, group_name, standing, unranked, rating, score, coverage, timeliness, evidenced_timeliness, procedure, placement, verified,
    evidence_share, deductions, assessed, on_time, late, lapsed, carried_lapsed, essential_lapsed, pending, unverified, exempt, undated, mean_delay_days,
    oldest_lapse_days, backdated, overexposed, yellow_cards, open_rectifications, overdue_rectifications, institutions, essential_carried
FROM standings(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, programme = {programme:String}, focus = {focus:String}, pool = 'own', group_name = '')
