-- The view due_totals as the edition of the question keeps it.
CREATE OR REPLACE VIEW edition_due_totals AS
SELECT * EXCEPT (layer_id)
FROM kept_due_totals
WHERE layer_id IN (SELECT layer_id FROM layers_within(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...))
