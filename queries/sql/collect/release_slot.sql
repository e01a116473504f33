-- Rows of earlier collections that this one's are about to replace in its slot need not be there any more.
INSERT INTO holdings (table_name, holding, rows, noted_at)
SELECT table_name, holding, toUInt64(0), greatest(now64(6, 'UTC'), max(noted_at) + toIntervalMicrosecond(1))
FROM holdings
WHERE table_name = 'looked_rows' AND holding GLOBAL IN ( -- on a cluster the inner question is asked once
    SELECT toString(collection_id) FROM looked_rows
    WHERE source = {source:String} AND slot = {slot:UInt8} AND collection_id != {collection_id:UInt64}
)
GROUP BY table_name, holding
