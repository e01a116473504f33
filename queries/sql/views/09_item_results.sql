-- What each unit did for each item in each window (SPEC §5): the assessed obligations, n = on_time + late + lapsed, and the others by state. timely
-- is what timeliness is over: beside the assessed ones the undated ones of sources with steps.
CREATE OR REPLACE VIEW item_results AS
SELECT
    o.as_of AS as_of, o.unit_id AS unit_id, o.item_id AS item_id, any(o.class) AS class, any(o.weight) AS weight,
    countIf(o.in_window AND o.state = 'on_time') AS on_time,
    countIf(o.in_window AND o.state = 'late') AS late,
    countIf(o.in_window AND o.state = 'lapsed') AS lapsed,
    on_time + late AS met,
    met + lapsed AS assessed,
    countIf(o.in_window AND o.evidenced_in_time) AS evidenced_on_time,
    countIf(o.in_window AND isNotNull(o.procedure)) AS with_steps,
    countIf(o.in_window AND o.procedure) AS in_order,
    countIf(o.in_window AND isNotNull(o.placement)) AS placing,
    countIf(o.in_window AND o.placement) AS placed,
    countIf(o.in_window AND o.with_evidence) AS with_evidence,
    countIf(o.in_window AND o.state = 'pending') AS pending,
    countIf(o.in_window AND o.state = 'unverified') AS unverified,
    countIf(o.in_window AND o.state = 'exempt') AS exempt,
    countIf(o.in_window AND o.state = 'undated') AS undated,
    assessed + countIf(o.in_window AND isNotNull(o.undated_with_steps_on)) AS timely,
    countIf(o.carried) AS carried_lapsed,
    sumIf(o.delay_days, o.in_window) AS delay_days,
    maxIf(o.delay_days, o.in_window AND o.state = 'lapsed') AS oldest_lapse_days
FROM obligations_of_windows(...) AS o
GROUP BY o.as_of, o.unit_id, o.item_id
