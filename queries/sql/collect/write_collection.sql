-- What is known of a collection; the row with the latest ended_at replaces the ones before.
INSERT INTO collections (
    collection_id, source, kind, started_at, ended_at, day, outcome,
    read, new, changed, unchanged, rejected, withdrawn, pages, bytes, error, config_hash, depth,
    bookmark_position, bookmark_cursor, bookmark_above, not_understood, accepted, accepted_by, agreeing_days, slot, to_end, reach, remarks
)
SELECT
    {collection_id:UInt64}, {source:String}, {kind:String},
    fromUnixTimestamp64Milli({started_ms:Int64}, 'UTC'), fromUnixTimestamp64Milli({ended_ms:Int64}, 'UTC'),
    {day:Date32}, {outcome:String},
    {read:UInt64}, {new:UInt64}, {changed:UInt64}, {unchanged:UInt64}, {rejected:UInt64}, {withdrawn:UInt64},
    {pages:UInt64}, {bytes:UInt64}, {error:String}, {config_hash:String}, {depth:UInt64},
    {bookmark_position:UInt64}, {bookmark_cursor:String}, {bookmark_above:UInt64},
    {not_understood:UInt64}, {accepted:String}, {accepted_by:String}, {agreeing_days:UInt16}, {slot:UInt8}, {to_end:Bool}, {reach:String}, {remarks:String}
