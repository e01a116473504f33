-- The items of the load in force that have not ceased to be valid before the window.
SELECT
    toString(i.item_id) AS item_id, i.name AS item, toString(i.programme) AS programme, toString(i.catalogue) AS catalogue, arrayStringConcat(i.tiers, '|') AS tier,
    toString(i.focus) AS focus, toString(i.class) AS class, arrayStringConcat(i.scopes, '|') AS scope, arrayStringConcat(i.channels, '|') AS channel,
    toString(i.cadence) AS cadence, i.due_days AS due_days, toString(i.day_kind) AS day_kind, i.display_days AS display_days,
    toString(i.not_before) AS not_before, i.valid_from AS valid_from, i.valid_to AS valid_to, i.legal_basis AS legal_basis, toString(i.nil_return) AS nil_return
FROM items AS i
WHERE i.load_id = {load:UInt64} AND ifNull(i.valid_to >= {from_on:Date32}, true)
    AND ({programme:String} = '' OR i.programme = {programme:String}) AND ({focus:String} = '' OR i.focus = {focus:String})
ORDER BY indexOf(['committee', 'grassroots', 'discipline'], toString(i.catalogue)), item_id
