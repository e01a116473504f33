-- What has lapsed of a unit, whatever the window's start, as a rectification notice names it: the oldest first.
SELECT
    o.unit_id AS unit_id, o.unit AS unit, o.item_id AS item_id, o.item AS item, toString(o.cadence) AS cadence, o.period AS period, assumeNotNull(o.due_on) AS due_on,
    o.period_no AS period_no, o.happened_on AS happened_on, o.event_key AS event_key, i.legal_basis AS legal_basis
FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS o
LEFT JOIN (SELECT toString(item_id) AS item_id, legal_basis FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = o.item_id
WHERE o.state = 'lapsed' AND o.lapsed
ORDER BY o.lapsed_after_on, o.item_id, o.period
