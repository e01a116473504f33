-- Records drawn of those that the window published: the same seed and records give the same, and a record that comes later moves no other.
SELECT
    toString(r.source) AS source, r.record_id AS record_id, r.version AS version, r.unit_id AS unit_id, toString(r.item_id) AS item_id, r.period AS period,
    r.title AS title, assumeNotNull(r.published_on) AS published_on, r.url AS url, count() OVER () AS among
FROM records_published(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS r
INNER JOIN (
    SELECT unit_id FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    WHERE {group_name:String} IN ('', 'all', group_name)
) AS u ON u.unit_id = r.unit_id
ORDER BY sipHash64({seed:String}, toString(r.source), r.record_id), r.source, r.record_id
LIMIT {size:UInt32}
