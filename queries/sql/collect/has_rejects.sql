-- Whether a collection has rejected rows.
SELECT count() FROM rejected_rows WHERE source = {source:String} AND collection_id = {collection_id:UInt64}
