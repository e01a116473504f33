-- Each active unit's measures, deductions and score in each window (SPEC §5), exact: whole numbers in parts of one, where one is the square of
-- lcm(1, …, 60), so that the ratios of up to 60 obligations an item, and their weighted means, have no remainder.
CREATE OR REPLACE VIEW unit_results AS
WITH
    toInt256('9690712164777231700912800') AS lcm_60,
    lcm_60 * lcm_60 AS one,
    of_items AS (
        SELECT * FROM item_results(...)
    ),
    (weighted, weights) -> if(weights = 0, NULL, toNullable(intDiv(weighted * lcm_60, weights))) AS mean
SELECT
    u.unit_id AS unit_id, u.group_name AS group_name, u.ancestors AS ancestors, u.members AS members,
    i.coverage AS coverage, i.timeliness AS timeliness, i.evidenced_timeliness AS evidenced_timeliness, i.procedure AS procedure, i.placement AS placement,
    least(s.yellow_cards * l.yellow_card_deduction + s.overdue_rectifications * l.overdue_deduction, l.deduction_limit) AS deductions, -- hundredths
    if(isNull(i.coverage), 0, l.coverage_weight + l.timeliness_weight)
        + if(isNull(i.procedure), 0, l.procedure_weight) + if(isNull(i.placement), 0, l.placement_weight) AS measure_weights,
    if(isNull(i.coverage) OR measure_weights = 0, NULL, greatest(0,
        intDiv(100 * (i.coverage * l.coverage_weight + i.timeliness * l.timeliness_weight
            + ifNull(i.procedure, 0) * l.procedure_weight + ifNull(i.placement, 0) * l.placement_weight), greatest(measure_weights, 1))
        - deductions * intDiv(one, 100))) AS score,
    i.assessed AS assessed, i.on_time AS on_time, i.late AS late, i.lapsed AS lapsed, i.carried_lapsed AS carried_lapsed,
    i.essential_lapsed AS essential_lapsed, i.pending AS pending, i.unverified AS unverified, i.exempt AS exempt, i.undated AS undated,
    i.with_evidence AS with_evidence, i.delay_days AS delay_days, i.oldest_lapse_days AS oldest_lapse_days,
    s.backdated AS backdated, s.overexposed AS overexposed,
    s.yellow_cards AS yellow_cards, s.open_rectifications AS open_rectifications, s.overdue_rectifications AS overdue_rectifications,
    s.institutions AS institutions, i.essential_carried AS essential_carried, u.as_of AS as_of
FROM units_of_windows(...) AS u
CROSS JOIN (
    SELECT coverage_weight, timeliness_weight, procedure_weight, placement_weight, yellow_card_deduction, overdue_deduction, deduction_limit
    FROM loads WHERE load_id = {load:UInt64}
) AS l
LEFT JOIN (
    SELECT
        as_of, unit_id,
        sum(of_items.assessed) AS assessed, sum(of_items.on_time) AS on_time, sum(of_items.late) AS late, sum(of_items.lapsed) AS lapsed,
        sum(of_items.carried_lapsed) AS carried_lapsed, sumIf(of_items.lapsed, class = 'essential') AS essential_lapsed,
        sum(of_items.pending) AS pending, sum(of_items.unverified) AS unverified, sum(of_items.exempt) AS exempt, sum(of_items.undated) AS undated,
        sum(of_items.with_evidence) AS with_evidence, sum(of_items.delay_days) AS delay_days, max(of_items.oldest_lapse_days) AS oldest_lapse_days,
        sumIf(of_items.carried_lapsed, class = 'essential') AS essential_carried,
        sumIf(weight, of_items.assessed > 0) AS assessed_weights, sumIf(weight, timely > 0) AS timely_weights,
        sumIf(weight, with_steps > 0) AS steps_weights, sumIf(weight, placing > 0) AS placing_weights,
        mean(sum(intDiv(weight * met * lcm_60, greatest(of_items.assessed, 1))), assessed_weights) AS coverage,
        mean(sum(intDiv(weight * of_items.on_time * lcm_60, greatest(timely, 1))), timely_weights) AS timeliness,
        mean(sum(intDiv(weight * evidenced_on_time * lcm_60, greatest(timely, 1))), timely_weights) AS evidenced_timeliness,
        mean(sum(intDiv(weight * in_order * lcm_60, greatest(with_steps, 1))), steps_weights) AS procedure,
        mean(sum(intDiv(weight * placed * lcm_60, greatest(placing, 1))), placing_weights) AS placement
    FROM of_items GROUP BY as_of, unit_id
) AS i ON i.unit_id = u.unit_id AND i.as_of = u.as_of
LEFT JOIN marks(...) AS s ON s.unit_id = u.unit_id AND s.as_of = u.as_of
