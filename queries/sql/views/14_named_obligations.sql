-- Obligations as reports list them: with the names of unit and item, of one ranking group or all.
CREATE OR REPLACE VIEW named_obligations AS
SELECT
    o.unit_id AS unit_id, u.name AS unit, o.item_id AS item_id, i.name AS item, i.programme AS programme, o.class AS class, o.period AS period,
    o.due_on AS due_on, o.state AS state, o.published_on AS published_on, o.evidenced_on AS evidenced_on, o.backdated AS backdated,
    o.delay_days AS delay_days, o.procedure AS procedure, o.placement AS placement, o.record_id AS record_id, o.source AS source, o.url AS url,
    u.group_name AS group, o.cadence AS cadence, o.looked_on AS looked_on, o.lapsed_after_on AS lapsed_after_on,
    o.for_society AS for_society, isNotNull(o.undated_with_steps_on) AS undated_with_steps, o.in_window AS in_window, o.lapsed AS lapsed,
    o.period_no AS period_no, o.happened_on AS happened_on, o.event_key AS event_key
FROM obligations(...) AS o
INNER JOIN (
    SELECT unit_id, name, group_name FROM active_units(...)
    WHERE {group_name:String} IN ('', 'all', group_name)
) AS u ON u.unit_id = o.unit_id
INNER JOIN (SELECT item_id, name, programme FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = o.item_id
