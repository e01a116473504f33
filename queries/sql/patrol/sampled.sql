-- The records of one sample, in the order of the draw; all of them, whatever became of their units.
SELECT
    s.sample_id AS sample_id, toUInt64(s.number) AS number, s.unit_id AS unit_id, if(u.name = '', s.unit_id, u.name) AS unit, s.item_id AS item_id,
    if(i.name = '', s.item_id, i.name) AS item, s.period AS period, replaceRegexpAll(s.title, '[0-9](?:[ -]?[0-9]){9,}[0-9Xx]', '***********') AS title,
    s.published_on AS published_on, s.source AS source, s.record_id AS record_id, s.url AS url, s.verdict AS verdict, s.remark AS remark,
    s.entered_by AS entered_by, s.entered_at AS entered_at, s.machine AS machine
FROM (SELECT * FROM sampled(...) WHERE sample_id = {sample:String}) AS s
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = s.unit_id
LEFT JOIN (SELECT toString(item_id) AS item_id, name FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = s.item_id
ORDER BY number
