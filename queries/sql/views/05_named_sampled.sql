-- The records of samples of units that are active on the as-of day, with the names of unit and item.
CREATE OR REPLACE VIEW named_sampled AS
SELECT
    s.sample_id AS sample_id, s.drawn_at AS drawn_at, s.seed AS seed, s.number AS number, s.source AS source, s.record_id AS record_id, s.version AS version, s.unit_id AS unit_id, s.item_id AS item_id,
    s.period AS period, s.published_on AS published_on, s.url AS url, s.verdict AS verdict, s.remark AS remark, s.entered_by AS entered_by, s.entered_at AS entered_at, s.machine AS machine,
    u.name AS unit, if(i.name = '', s.item_id, i.name) AS item, replaceRegexpAll(s.title, '[0-9](?:[ -]?[0-9]){9,}[0-9Xx]', '***********') AS title
FROM sampled(...) AS s
INNER JOIN (
    SELECT unit_id, name, group_name FROM active_units(...)
    WHERE {group_name:String} IN ('', 'all', group_name)
) AS u ON u.unit_id = s.unit_id
LEFT JOIN (SELECT toString(item_id) AS item_id, name FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = s.item_id
