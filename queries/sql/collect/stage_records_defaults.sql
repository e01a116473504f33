-- What is the same for every record of the collection, or follows from the rest, is not sent with each.
ALTER TABLE collecting_$collection
    MODIFY COLUMN source DEFAULT {source:String},
    MODIFY COLUMN collection_id DEFAULT {collection_id:UInt64},
    MODIFY COLUMN seen DEFAULT fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC'),
    MODIFY COLUMN first_seen DEFAULT fromUnixTimestamp64Milli({seen_ms:Int64}, 'UTC'),
    MODIFY COLUMN event_key DEFAULT if(event_id != '', event_id, title)
