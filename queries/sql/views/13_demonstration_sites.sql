-- The active units that are demonstration sites on the as-of day (SPEC §1): named by then.
CREATE OR REPLACE VIEW demonstration_sites AS
SELECT unit_id, name, group_name, stars, demonstration_since
FROM active_units(...)
WHERE demonstration_since <= {as_of:Date32} AND {group_name:String} IN ('', 'all', group_name)
