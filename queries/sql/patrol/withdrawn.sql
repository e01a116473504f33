-- Records of which something was found, and that are withdrawn: that their addresses do not open is as it should be.
SELECT toString(source) AS source, record_id FROM records_in_force(within = '', unit = '', ...)
WHERE withdrawn_on <= {as_of:Date32} AND (source, record_id) IN (SELECT source, record_id FROM findings WHERE kind IN {kinds:Array(String)})
