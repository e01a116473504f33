-- The view due_totals as stored in the snapshot of the question.
CREATE OR REPLACE VIEW edition_due_totals AS
SELECT * EXCEPT (layer_id)
FROM kept_due_totals
WHERE layer_id IN (SELECT layer_id FROM layers_within(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...))
