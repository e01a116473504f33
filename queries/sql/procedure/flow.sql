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
    FROM met_records(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {listed_within:String}, unit = {listed_unit:String}, programme = {programme:String}, focus = {focus:String}, group_name = {group_name:String})
    GROUP BY unit_id, item_id, period_no, happened_on, event_key
)
ARRAY JOIN [toString(own_group), 'all'] AS group
GROUP BY group
ORDER BY indexOf(['organs', 'towns', 'villages', 'district', 'all'], group)
