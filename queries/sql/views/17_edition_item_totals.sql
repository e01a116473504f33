-- The view item_totals as the edition of the question keeps it.
CREATE OR REPLACE VIEW edition_item_totals AS
SELECT * EXCEPT (layer_id)
FROM kept_item_totals
WHERE layer_id IN (SELECT layer_id FROM layers_within(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...))
