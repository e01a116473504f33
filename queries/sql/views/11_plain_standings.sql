-- The units of a group, and groups, with what they are ranked by (SPEC §5): results as shown, rating, and why a unit is not ranked: it has no score, too little of
-- it is verified, or it has too few assessed obligations. An essential lapse, in the window or carried, caps a unit's rating, not a subtree's; the other caps
-- are those of the view standings, which an assessment without any reads this one for.
CREATE OR REPLACE VIEW plain_standings AS
SELECT
    u.name AS name, u.tier AS tier, if(r.of_group, substring(r.pooled_as, 2), toString(u.group_name)) AS group_name, u.parent_id AS parent_id, u.stars AS stars,
    r.*, r.pooled_as AS unit_id,
    {pool:String} != 'subtree' AND r.essential_lapsed + r.essential_carried > 0 AS capped,
    multiIf(
        isNull(r.score), NULL,
        NOT capped AND r.score * 100 >= l.excellent_from, 'excellent',
        NOT capped AND r.score * 100 >= l.good_from, 'good',
        r.score * 100 >= l.pass_from, 'pass',
        'fail') AS rating,
    multiIf(
        r.of_group, 'group',
        isNull(r.score), 'no_score',
        r.verified * 10000 < l.verified_from, 'unverified',
        r.assessed < l.min_assessed, 'few_assessed',
        '') AS unranked,
    -- what ranks follow from: score, then coverage, then timeliness, as shown; 0 is not ranked
    if(unranked = '', 1 + toUInt64(assumeNotNull(r.score) * 100) * 100020001 + toUInt64(assumeNotNull(r.coverage) * 10000) * 10001
        + toUInt64(assumeNotNull(r.timeliness) * 10000), 0) AS standing,
    toUInt64(0) AS confirmed_backdated, toUInt64(0) AS confirmed_failing_links
FROM results(unit = '', ...) AS r
LEFT JOIN (
    SELECT as_of AS active_on, unit_id, name, tier, parent_id, stars, group_name FROM units_of_windows(unit = '', ...)
) AS u ON u.unit_id = r.pooled_as AND u.active_on = r.as_of
CROSS JOIN (
    SELECT excellent_from, good_from, pass_from, verified_from, min_assessed FROM loads WHERE load_id = {load:UInt64}
) AS l
WHERE {group_name:String} IN ('', 'all', group_name) AND (u.unit_id != '' OR r.of_group)
