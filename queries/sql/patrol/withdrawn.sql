-- Of some records those that are withdrawn: that their addresses do not open is as it should be.
SELECT toString(source) AS source, record_id FROM records_in_force(within = '', unit = '', ...)
WHERE withdrawn_on <= {as_of:Date32} AND record_id IN {record_ids:Array(String)}
