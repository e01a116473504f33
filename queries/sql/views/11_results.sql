-- The results of units (pool = 'own'), of their subtrees ('subtree') or of the ranking groups and all ('group'), as shown (SPEC §5): measures,
-- score and deductions are means over the units that have a value, counts are sums; rounded half away from zero only here.
CREATE OR REPLACE VIEW results AS
WITH
    toInt256('9690712164777231700912800') AS lcm_60,
    lcm_60 * lcm_60 AS one,
    (numerator, denominator, parts) -> if(denominator = 0, NULL,
        toNullable(intDiv(2 * parts * numerator + denominator, greatest(2 * denominator, 1)))) AS rounded,
    (total, units) -> toDecimal64(rounded(total, units * one, 10000), 4) / 10000 AS mean_ratio,
    (part, whole) -> toDecimal64(rounded(toInt256(part), toInt256(whole), 10000), 4) / 10000 AS ratio
SELECT
    p.pooled_as AS pooled_as,
    count() AS units,
    toDecimal64(rounded(sum(p.score), count(p.score) * one, 100), 2) / 100 AS score,
    mean_ratio(sum(p.coverage), count(p.coverage)) AS coverage,
    mean_ratio(sum(p.timeliness), count(p.timeliness)) AS timeliness,
    mean_ratio(sum(p.evidenced_timeliness), count(p.evidenced_timeliness)) AS evidenced_timeliness,
    mean_ratio(sum(p.procedure), count(p.procedure)) AS procedure,
    mean_ratio(sum(p.placement), count(p.placement)) AS placement,
    toDecimal64(rounded(toInt256(sum(p.deductions)), toInt256(count()), 1), 2) / 100 AS deductions,
    sum(p.assessed) AS assessed, sum(p.on_time) AS on_time, sum(p.late) AS late, sum(p.lapsed) AS lapsed,
    sum(p.carried_lapsed) AS carried_lapsed, sum(p.essential_lapsed) AS essential_lapsed, sum(p.pending) AS pending,
    sum(p.unverified) AS unverified, sum(p.exempt) AS exempt, sum(p.undated) AS undated,
    ratio(assessed, assessed + unverified) AS verified,
    ratio(sum(p.with_evidence), on_time + late) AS evidence_share,
    toDecimal64(rounded(toInt256(sum(p.delay_days)), toInt256(late + lapsed), 100), 2) / 100 AS mean_delay_days,
    if(lapsed = 0, NULL, max(p.oldest_lapse_days)) AS oldest_lapse_days,
    sum(p.backdated) AS backdated, sum(p.overexposed) AS overexposed,
    sum(p.yellow_cards) AS yellow_cards, sum(p.open_rectifications) AS open_rectifications,
    sum(p.overdue_rectifications) AS overdue_rectifications, sum(p.institutions) AS institutions,
    countIf(p.assessed > 0) AS assessed_units,
    ratio(countIf(p.on_time + p.late > 0), assessed_units) AS organisation_coverage,
    ratio(sumIf(p.members, p.on_time + p.late > 0), sumIf(p.members, p.assessed > 0)) AS member_coverage,
    countIf(p.assessed > 0 AND p.lapsed = 0 AND p.carried_lapsed = 0) AS clear,
    ratio(clear, assessed_units) AS clear_units
FROM (
    SELECT *, arrayJoin(multiIf({pool:String} = 'subtree', ancestors, {pool:String} = 'group', [toString(group_name), 'all'], [unit_id])) AS pooled_as
    FROM unit_results(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32},
        from_on = {from_on:Date32}, to_on = {to_on:Date32}, within = {within:String}, unit = {unit:String},
        programme = {programme:String}, focus = {focus:String})
) AS p
GROUP BY pooled_as
