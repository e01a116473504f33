-- The results in each window of units (pool = 'own') or of their subtrees ('subtree'), and of the ranking groups and all (groups = 'yes'; then pooled_as begins with \x03),
-- as shown (SPEC §5): measures,
-- score and deductions are means over the units that have a value, counts are sums; rounded half away from zero only here.
CREATE OR REPLACE VIEW results AS
WITH
    toInt256('9690712164777231700912800') * toInt256('9690712164777231700912800') AS one,
    -- numerator / denominator in whole parts, half away from zero; no value where the denominator is zero
    (numerator, denominator, parts) -> intDiv(2 * parts * numerator + denominator, nullIf(2 * denominator, 0)) AS rounded,
    -- of a mean over units in parts of one; what was cut off the parts where an item has more than 60 obligations must not cost a half its
    -- rounding up, so 10^-20 is added: more than was cut off, less than what is under a half can lack
    (total, units, parts) -> rounded(total + units * intDiv(one, toInt256('100000000000000000000')), units * one, parts) AS mean
SELECT
    t.as_of AS as_of, t.pooled_as AS pooled_as, startsWith(t.pooled_as, '\x03') AS of_group, t.units AS units,
    toDecimal64(mean(t.score.1, t.score.2, 100), 2) / 100 AS score,
    toDecimal64(mean(t.coverage.1, t.coverage.2, 10000), 4) / 10000 AS coverage,
    toDecimal64(mean(t.timeliness.1, t.timeliness.2, 10000), 4) / 10000 AS timeliness,
    toDecimal64(mean(t.evidenced_timeliness.1, t.evidenced_timeliness.2, 10000), 4) / 10000 AS evidenced_timeliness,
    toDecimal64(mean(t.procedure.1, t.procedure.2, 10000), 4) / 10000 AS procedure,
    toDecimal64(mean(t.placement.1, t.placement.2, 10000), 4) / 10000 AS placement,
    toDecimal64(rounded(toInt64(t.deductions), toInt64(t.units), 1), 2) / 100 AS deductions,
    t.assessed AS assessed, t.on_time AS on_time, t.late AS late, t.lapsed AS lapsed, t.carried_lapsed AS carried_lapsed,
    t.essential_lapsed AS essential_lapsed, t.pending AS pending, t.unverified AS unverified, t.exempt AS exempt, t.undated AS undated,
    toDecimal64(rounded(toInt64(t.assessed), toInt64(t.assessed + t.unverified), 10000), 4) / 10000 AS verified,
    toDecimal64(rounded(toInt64(t.with_evidence), toInt64(t.on_time + t.late), 10000), 4) / 10000 AS evidence_share,
    toDecimal64(rounded(toInt64(t.delay_days), toInt64(t.late + t.lapsed), 100), 2) / 100 AS mean_delay_days,
    if(t.lapsed = 0, NULL, t.oldest_lapse_days) AS oldest_lapse_days,
    t.backdated AS backdated, t.overexposed AS overexposed, t.yellow_cards AS yellow_cards,
    t.open_rectifications AS open_rectifications, t.overdue_rectifications AS overdue_rectifications, t.institutions AS institutions,
    t.essential_carried AS essential_carried,
    toDecimal64(rounded(toInt64(t.met_units), toInt64(t.assessed_units), 10000), 4) / 10000 AS organisation_coverage,
    toDecimal64(rounded(toInt64(t.met_members), toInt64(t.assessed_members), 10000), 4) / 10000 AS member_coverage,
    toDecimal64(rounded(toInt64(t.clear_units), toInt64(t.assessed_units), 10000), 4) / 10000 AS clear_units,
    t.lapsing_units AS lapsing_units
FROM (
    SELECT
        u.as_of AS as_of, pooled_as, count() AS units,
        (sum(u.score), count(u.score)) AS score,
        (sum(u.coverage), count(u.coverage)) AS coverage,
        (sum(u.timeliness), count(u.timeliness)) AS timeliness,
        (sum(u.evidenced_timeliness), count(u.evidenced_timeliness)) AS evidenced_timeliness,
        (sum(u.procedure), count(u.procedure)) AS procedure,
        (sum(u.placement), count(u.placement)) AS placement,
        sum(u.deductions) AS deductions,
        sum(u.assessed) AS assessed, sum(u.on_time) AS on_time, sum(u.late) AS late, sum(u.lapsed) AS lapsed,
        sum(u.carried_lapsed) AS carried_lapsed, sum(u.essential_lapsed) AS essential_lapsed, sum(u.pending) AS pending,
        sum(u.unverified) AS unverified, sum(u.exempt) AS exempt, sum(u.undated) AS undated,
        sum(u.with_evidence) AS with_evidence, sum(u.delay_days) AS delay_days, max(u.oldest_lapse_days) AS oldest_lapse_days,
        sum(u.backdated) AS backdated, sum(u.overexposed) AS overexposed,
        sum(u.yellow_cards) AS yellow_cards, sum(u.open_rectifications) AS open_rectifications,
        sum(u.overdue_rectifications) AS overdue_rectifications, sum(u.institutions) AS institutions, sum(u.essential_carried) AS essential_carried,
        countIf(u.assessed > 0) AS assessed_units, sumIf(u.members, u.assessed > 0) AS assessed_members,
        countIf(u.on_time + u.late > 0) AS met_units, sumIf(u.members, u.on_time + u.late > 0) AS met_members,
        countIf(u.assessed > 0 AND u.lapsed + u.carried_lapsed = 0) AS clear_units,
        countIf(u.lapsed + u.carried_lapsed > 0) AS lapsing_units
    FROM unit_results(...) AS u
    ARRAY JOIN arrayConcat(
        multiIf({pool:String} = 'own', [unit_id], {pool:String} = 'subtree', ancestors, []),
        if({groups:String} = 'yes', ['\x03' || group_name, '\x03all'], [])) AS pooled_as
    GROUP BY u.as_of, pooled_as
) AS t
