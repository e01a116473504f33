-- The view month_totals as stored in the snapshot of the question.
CREATE OR REPLACE VIEW edition_month_totals AS
SELECT * EXCEPT (layer_id)
FROM kept_month_totals
WHERE layer_id IN (SELECT layer_id FROM layers_within(windows = {window:Array(Tuple(Date32, Date32, Date32))}, ...))
