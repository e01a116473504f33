-- The units that are active on the as-of day, with their ranking group (SPEC §1, §4): every report leaves the others out.
CREATE OR REPLACE VIEW units_in_force AS
SELECT
    unit_id, name, tier, parent_id, members, contact, demonstration_since, stars, active_from, active_to, ancestors,
    transform(tier, ['organ', 'town', 'subdistrict', 'village', 'community'], ['organs', 'towns', 'towns', 'villages', 'villages'], 'district') AS group_name
FROM units
WHERE load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
    AND ifNull(active_from <= {as_of:Date32}, true)
    AND ifNull(active_to >= {as_of:Date32}, true)
    AND ({within:String} = '' OR has(ancestors, {within:String}))
    AND ({unit:String} = '' OR unit_id = {unit:String})
