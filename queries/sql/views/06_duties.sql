-- Which unit owes which item (SPEC §4: its tier is among the item's), with the exemptions that may cover it and whether and when
-- every covering source has looked.
CREATE OR REPLACE VIEW duties AS
WITH
    items AS (SELECT * FROM items_in_force(known_at = {known_at:DateTime64(3)}, programme = {programme:String}, focus = {focus:String})),
    -- An exemption for every item is one for each item, so that two joins find all: by unit and item, and by item for every unit.
    freed AS (
        SELECT e.unit_id AS unit_id, i.item_id AS item_id,
            groupArray((ifNull(e.from_on, toDate32('1900-01-01')), ifNull(e.to_on, toDate32('2299-12-31')))) AS ranges
        FROM exemptions AS e CROSS JOIN items AS i
        WHERE e.load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
            AND (e.item_id = '*' OR e.item_id = i.item_id)
        GROUP BY e.unit_id, i.item_id
    ),
    looked AS (
        SELECT s.unit_id AS unit_id, i.item_id AS item_id, count() AS sources, if(countIf(isNull(s.looked_on)) > 0, NULL, min(s.looked_on)) AS looked_on
        FROM sources_looked(known_at = {known_at:DateTime64(3)}) AS s CROSS JOIN items AS i
        WHERE s.item_id = '*' OR s.item_id = i.item_id
        GROUP BY s.unit_id, i.item_id
    )
SELECT
    u.unit_id AS unit_id, u.active_from AS active_from, u.active_to AS active_to,
    i.item_id AS item_id, i.class AS class, i.weight AS weight, i.cadence AS cadence, i.due_days AS due_days, i.day_kind AS day_kind,
    i.valid_from AS valid_from, i.valid_to AS valid_to,
    arrayConcat(by_unit.ranges, by_item.ranges) AS exempt_ranges,
    multiIf(
        looked_unit.sources = 0, looked_item.looked_on,
        looked_item.sources = 0, looked_unit.looked_on,
        least(looked_unit.looked_on, looked_item.looked_on)) AS looked_on
FROM (
    SELECT * FROM units_in_force(known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, within = {within:String}, unit = {unit:String})
) AS u
INNER JOIN (SELECT *, arrayJoin(tiers) AS owing_tier FROM items) AS i ON i.owing_tier = u.tier
LEFT JOIN freed AS by_unit ON by_unit.unit_id = u.unit_id AND by_unit.item_id = i.item_id
LEFT JOIN (SELECT * FROM freed WHERE unit_id = '*') AS by_item ON by_item.item_id = i.item_id
LEFT JOIN looked AS looked_unit ON looked_unit.unit_id = u.unit_id AND looked_unit.item_id = i.item_id
LEFT JOIN (SELECT * FROM looked WHERE unit_id = '*') AS looked_item ON looked_item.item_id = i.item_id
