-- What became of each address of units active on the as-of day when it was last visited, whatever the window: those that do not open first.
SELECT
    l.unit_id AS unit_id, u.name AS unit, l.item_id AS item_id, i.name AS item, l.record_id AS record_id, l.source AS source, l.url AS url, l.parent_url AS place,
    l.outcome AS link_outcome, if(l.status = 0, NULL, toNullable(l.status)) AS http_status, l.checked_at AS checked_at, l.last_open_at AS last_open_at,
    l.final_url AS final_url, l.elapsed_ms AS elapsed_ms, l.visits AS visits
FROM links_in_force(...) AS l
INNER JOIN (
    SELECT unit_id, name, group_name FROM active_units(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    WHERE {group_name:String} IN ('', 'all', group_name)
) AS u ON u.unit_id = l.unit_id
LEFT JOIN (SELECT toString(item_id) AS item_id, name FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = l.item_id
ORDER BY l.failing DESC, l.unit_id, l.item_id, l.source, l.record_id, l.url
