-- The units of a group, and groups, with what they are ranked by (SPEC §5): results as shown, rating, and why a unit is not ranked: it has no score, too little of
-- it is verified, or it has too few assessed obligations. A unit's rating, not a subtree's, is capped by an essential lapse, in the window or carried, and by
-- what the assessment says beside it: the lowest cap holds.
CREATE OR REPLACE VIEW standings AS
WITH ['fail', 'pass', 'good', 'excellent'] AS ratings
SELECT
    u.name AS name, u.tier AS tier, if(r.of_group, substring(r.pooled_as, 2), toString(u.group_name)) AS group_name, u.parent_id AS parent_id, u.stars AS stars,
    r.*, r.pooled_as AS unit_id,
    f.confirmed_backdated AS confirmed_backdated, f.confirmed_failing_links AS confirmed_failing_links,
    {pool:String} != 'subtree' AND NOT r.of_group AS alone,
    least(
        multiIf(r.score * 100 >= l.excellent_from, 4, r.score * 100 >= l.good_from, 3, r.score * 100 >= l.pass_from, 2, 1),
        if(alone AND r.essential_lapsed + r.essential_carried > 0, 2, 4),
        if(alone AND l.cap_backdated > 0 AND confirmed_backdated >= l.cap_backdated, indexOf(ratings, l.cap_backdated_best), 4),
        if(alone AND l.cap_overdue > 0 AND r.overdue_rectifications >= l.cap_overdue, indexOf(ratings, l.cap_overdue_best), 4),
        if(alone AND l.cap_failing_links > 0 AND confirmed_failing_links >= l.cap_failing_links, indexOf(ratings, l.cap_failing_links_best), 4)
    ) AS rated,
    if(isNull(r.score), NULL, toNullable(ratings[rated])) AS rating,
    multiIf(
        r.of_group, 'group',
        isNull(r.score), 'no_score',
        r.verified * 10000 < l.verified_from, 'unverified',
        r.assessed < l.min_assessed, 'few_assessed',
        '') AS unranked,
    -- what ranks follow from: score, then coverage, then timeliness, as shown; 0 is not ranked
    if(unranked = '', 1 + toUInt64(assumeNotNull(r.score) * 100) * 100020001 + toUInt64(assumeNotNull(r.coverage) * 10000) * 10001
        + toUInt64(assumeNotNull(r.timeliness) * 10000), 0) AS standing
FROM results(unit = '', ...) AS r
LEFT JOIN (
    SELECT * EXCEPT (as_of), as_of AS active_on FROM units_of_windows(unit = '', ...)
) AS u ON u.unit_id = r.pooled_as AND u.active_on = r.as_of
LEFT JOIN confirmed_findings(...) AS f ON f.unit_id = r.pooled_as AND f.counted_on = r.as_of
CROSS JOIN (SELECT * FROM loads WHERE load_id = {load:UInt64}) AS l
WHERE {group_name:String} IN ('', 'all', group_name) AND (u.unit_id != '' OR r.of_group)
