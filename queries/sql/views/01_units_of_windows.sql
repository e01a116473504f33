-- The units that are active on the as-of day of each window, with their ranking group (SPEC §1, §4): every report leaves the others out. A window is its
-- as-of day, its first and its last day; a question is about one, or also about the one before it.
CREATE OR REPLACE VIEW units_of_windows AS
SELECT
    w.1 AS as_of, unit_id, name, tier, parent_id, members, contact, demonstration_since, stars, ancestors,
    transform(tier, ['organ', 'town', 'subdistrict', 'village', 'community'], ['organs', 'towns', 'towns', 'villages', 'villages'], 'district') AS group_name
FROM units
ARRAY JOIN {windows:Array(Tuple(Date32, Date32, Date32))} AS w
WHERE load_id = {load:UInt64}
    AND ifNull(active_from <= as_of, true) AND ifNull(active_to >= as_of, true)
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND ({unit:String} = '' OR unit_id = {unit:String})
