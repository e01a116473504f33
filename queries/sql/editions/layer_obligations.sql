-- The view obligations as a layer under way has it.
SELECT * EXCEPT (layer_id) FROM kept_obligations WHERE layer_id = {layer:UInt64}
