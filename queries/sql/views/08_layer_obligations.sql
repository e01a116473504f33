-- The view obligations as one layer of an edition keeps it.
CREATE OR REPLACE VIEW layer_obligations AS
SELECT * EXCEPT (layer_id) FROM kept_obligations WHERE layer_id = {layer:UInt64}
