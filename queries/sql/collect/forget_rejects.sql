-- Rejected rows of a collection that never ended.
DELETE FROM rejected_rows WHERE source = {source:String} AND collection_id = {collection_id:UInt64}
