-- The units that are active on the as-of day, with their ranking group (SPEC §1, §4): every report leaves the others out.
CREATE OR REPLACE VIEW active_units AS
SELECT
    unit_id, name, tier, parent_id, members, contact, demonstration_since, stars, ancestors,
    transform(tier, ['organ', 'town', 'subdistrict', 'village', 'community'], ['organs', 'towns', 'towns', 'villages', 'villages'], 'district') AS group_name
FROM units
WHERE load_id = {load:UInt64}
    AND ifNull(active_from <= {as_of:Date32}, true) AND ifNull(active_to >= {as_of:Date32}, true)
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND ({unit:String} = '' OR unit_id = {unit:String})
