-- The view unit_results as stored in one part of a snapshot.
CREATE OR REPLACE VIEW layer_unit_results AS
SELECT * EXCEPT (layer_id) FROM kept_unit_results WHERE layer_id = {layer:UInt64}
