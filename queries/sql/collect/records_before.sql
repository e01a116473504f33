-- records_before
-- How many records of the source's last look ought to stand there now; where its rows were not stored, how many there were.
SELECT if({other_slot:UInt8} = 0,
    (SELECT toUInt64(argMax(read - rejected, collection_id)) FROM collections FINAL WHERE source = {source:String} AND outcome = 'success'),
    (SELECT uniqExact(record_id) FROM ($standing)))
