-- What is the same for every record of the collection is not sent with each.
ALTER TABLE collecting_$collection
    MODIFY COLUMN source DEFAULT {source:String},
    MODIFY COLUMN collection_id DEFAULT {collection_id:UInt64},
    MODIFY COLUMN seen DEFAULT fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC'),
    MODIFY COLUMN first_seen DEFAULT fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC')
