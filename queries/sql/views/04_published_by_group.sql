-- records_published of the units of one ranking group, or all, with their names.
CREATE OR REPLACE VIEW published_by_group AS
SELECT
    r.unit_id AS unit_id, u.name AS unit_name, r.item_id AS item_id, r.item AS item, r.scopes AS scopes, r.title AS title, r.source AS source,
    r.record_id AS record_id, r.published_on AS published_on, r.withdrawn_on AS withdrawn_on, r.uploaded_on AS uploaded_on, r.unseen_on AS unseen_on, r.shown_on AS shown_on,
    r.evidenced_on AS evidenced_on, r.first_seen AS first_seen, r.channel AS channel, r.online AS online, r.dated_by_sight AS dated_by_sight,
    r.backdated AS backdated, r.overexposed AS overexposed, r.for_society AS for_society
FROM records_published(...) AS r
INNER JOIN (
    SELECT unit_id, name FROM active_units(...)
    WHERE {group_name:String} IN ('all', group_name)
) AS u ON u.unit_id = r.unit_id
