-- The rows above those that were read: the collection went on where another had failed the same day, and both together are what one would have read.
INSERT INTO looked_rows
SELECT * REPLACE ({slot:UInt8} AS slot, row_number() OVER (ORDER BY number) AS number, {collection_id:UInt64} AS collection_id)
FROM (
    SELECT * FROM looked_rows FINAL
    WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND number < 1099511627776
)
