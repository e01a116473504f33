-- The view unit_results as one layer of an edition keeps it.
CREATE OR REPLACE VIEW layer_unit_results AS
SELECT * EXCEPT (layer_id) FROM kept_unit_results WHERE layer_id = {layer:UInt64}
