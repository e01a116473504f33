-- The duties of a load: units × items by tier, with the exemptions and the sources that concern them ('*' is every unit or item).
INSERT INTO duties (load_id, unit_id, item_id, ancestors, active_from, active_to, programme, focus, class, weight, scopes, channels, cadence, months,
    due_days, working, display_days, not_before, valid_from, valid_to, standing_due_on, exempt_ranges, sources,
    nil_months)
WITH
    owed AS (
        SELECT
            u.unit_id AS unit_id, u.ancestors AS ancestors, u.active_from AS active_from, u.active_to AS active_to,
            i.item_id AS item_id, i.programme AS programme, i.focus AS focus, i.class AS class, i.scopes AS scopes, i.channels AS channels,
            i.cadence AS cadence, i.due_days AS due_days, i.day_kind = 'working' AND i.due_days > 0 AS working, i.display_days AS display_days,
            i.not_before AS not_before, i.valid_from AS valid_from, i.valid_to AS valid_to, i.nil_return AS nil_return,
            greatest(ifNull(u.active_from, toDate32('1970-01-01')), ifNull(i.valid_from, toDate32('1970-01-01'))) AS starts_on
        FROM (SELECT * FROM units WHERE load_id = {load_id:UInt64}) AS u
        INNER JOIN (SELECT *, arrayJoin(tiers) AS owing_tier FROM items WHERE load_id = {load_id:UInt64}) AS i ON i.owing_tier = u.tier
    ),
    exempted AS (
        SELECT unit_id, item_id, groupArray((ifNull(from_on, toDate32('1900-01-01')), ifNull(to_on, toDate32('2299-12-31')))) AS ranges
        FROM exemptions WHERE load_id = {load_id:UInt64} GROUP BY unit_id, item_id
    ),
    covered AS (
        SELECT unit_id, item_id, groupUniqArray(source) AS sources FROM covers WHERE load_id = {load_id:UInt64} GROUP BY unit_id, item_id
    ),
    calendar_days AS (SELECT day, working, working_days FROM days WHERE load_id = {load_id:UInt64})
SELECT
    {load_id:UInt64}, o.unit_id, o.item_id, o.ancestors, o.active_from, o.active_to, o.programme, o.focus, o.class,
    multiIf(o.class = 'essential', {essential_weight:UInt32}, o.class = 'obligatory', {obligatory_weight:UInt32}, {recommended_weight:UInt32}),
    o.scopes, o.channels, o.cadence,
    transform(o.cadence, ['annual', 'semiannual', 'quarterly', 'monthly'], [12, 6, 3, 1], 0),
    o.due_days, o.working, o.display_days, o.not_before, o.valid_from, o.valid_to,
    multiIf(o.cadence != 'standing', NULL, o.working, due.day, o.starts_on + o.due_days),
    arrayConcat(e.ranges, e_unit.ranges, e_item.ranges, e_all.ranges),
    arraySort(arrayDistinct(arrayConcat(c.sources, c_unit.sources, c_item.sources, c_all.sources))),
    transform(o.nil_return, ['quarterly', 'monthly'], [3, 1], 0)
FROM owed AS o
LEFT JOIN exempted AS e ON e.unit_id = o.unit_id AND e.item_id = o.item_id
LEFT JOIN (SELECT unit_id, ranges FROM exempted WHERE item_id = '*') AS e_unit ON e_unit.unit_id = o.unit_id
LEFT JOIN (SELECT item_id, ranges FROM exempted WHERE unit_id = '*') AS e_item ON e_item.item_id = o.item_id
LEFT JOIN (SELECT 1 AS one, ranges FROM exempted WHERE unit_id = '*' AND item_id = '*') AS e_all ON e_all.one = 1
LEFT JOIN covered AS c ON c.unit_id = o.unit_id AND c.item_id = o.item_id
LEFT JOIN (SELECT unit_id, sources FROM covered WHERE item_id = '*') AS c_unit ON c_unit.unit_id = o.unit_id
LEFT JOIN (SELECT item_id, sources FROM covered WHERE unit_id = '*') AS c_item ON c_item.item_id = o.item_id
LEFT JOIN (SELECT 1 AS one, sources FROM covered WHERE unit_id = '*' AND item_id = '*') AS c_all ON c_all.one = 1
LEFT JOIN calendar_days AS started ON started.day = o.starts_on
LEFT JOIN (SELECT day, working_days FROM calendar_days WHERE working) AS due ON due.working_days = started.working_days + o.due_days
