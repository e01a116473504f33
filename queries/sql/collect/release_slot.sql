-- Rows of earlier collections that this one's are about to replace in its slot need not be there any more.
INSERT INTO holdings (table_name, holding, rows, noted_at)
SELECT 'looked_rows', replaced.holding, toUInt64(0), greatest(now64(6, 'UTC'), noted.at + toIntervalMicrosecond(1))
FROM (
    SELECT DISTINCT toString(collection_id) AS holding FROM looked_rows
    WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id != {collection_id:UInt64}
) AS replaced
INNER JOIN (
    SELECT holding, max(noted_at) AS at FROM holdings WHERE table_name = 'looked_rows' GROUP BY holding
) AS noted ON noted.holding = replaced.holding
