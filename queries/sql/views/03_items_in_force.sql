-- The catalogue in force with each item's class weight and, for periodic items, the months of its cadence (SPEC §2, §4).
CREATE OR REPLACE VIEW items_in_force AS
SELECT
    i.item_id AS item_id, i.name AS name, i.programme AS programme, i.tiers AS tiers, i.focus AS focus, i.class AS class, i.scopes AS scopes,
    i.channels AS channels, i.cadence AS cadence, i.due_days AS due_days, i.day_kind AS day_kind, i.display_days AS display_days,
    i.not_before AS not_before, i.valid_from AS valid_from, i.valid_to AS valid_to,
    transform(i.cadence, ['annual', 'semiannual', 'quarterly', 'monthly'], [12, 6, 3, 1], 0) AS months,
    multiIf(i.class = 'essential', l.essential_weight, i.class = 'obligatory', l.obligatory_weight, l.recommended_weight) AS weight
FROM items AS i
INNER JOIN load_in_force(known_at = {known_at:DateTime64(3)}) AS l ON l.load_id = i.load_id
WHERE i.load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
    AND ({programme:String} = '' OR i.programme = {programme:String})
    AND ({focus:String} = '' OR i.focus = {focus:String})
