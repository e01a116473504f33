-- How far the met obligations of each group got through the four steps, by their records from sources with steps (SPEC §5 procedure): with a
-- record that has the step's day, with one that has all four, with one that has them in order.
SELECT
    group, count() AS met, countIf(with_steps) AS with_steps, countIf(proposed) AS proposed, countIf(reviewed) AS reviewed,
    countIf(approved) AS approved, countIf(complete) AS complete, countIf(ordered) AS in_order
FROM (
    SELECT
        any(group) AS own_group, max(steps) AS with_steps, max(steps AND isNotNull(proposed_on)) AS proposed,
        max(steps AND isNotNull(reviewed_on)) AS reviewed, max(steps AND isNotNull(approved_on)) AS approved,
        max(steps AND isNotNull(proposed_on) AND isNotNull(reviewed_on) AND isNotNull(approved_on)) AS complete, max(in_order) AS ordered
    FROM met_records(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    GROUP BY unit_id, item_id, period_no, happened_on, event_key
)
ARRAY JOIN [toString(own_group), 'all'] AS group
GROUP BY group
ORDER BY indexOf(['organs', 'towns', 'villages', 'district', 'all'], group)
