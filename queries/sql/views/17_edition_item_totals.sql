-- The view item_totals as the edition of the question keeps it.
CREATE OR REPLACE VIEW edition_item_totals AS
SELECT * EXCEPT (layer_id)
FROM kept_item_totals
WHERE layer_id IN (SELECT layer_id FROM layers_within(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32},
        from_on = {from_on:Date32}, to_on = {to_on:Date32}, within = {within:String}, programme = {programme:String}, focus = {focus:String}))
